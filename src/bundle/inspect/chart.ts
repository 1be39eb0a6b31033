import { parse } from 'yaml';
import { z } from 'zod';
import { membersOf } from './archive.ts';
import { BrokenTar } from './tar.ts';

const chartFile = z.object({ name: z.string(), version: z.string() });

/** The name and version of a Helm chart in its archive. @throws BrokenTar */
export async function chartIn(file: string): Promise<z.output<typeof chartFile>> {
  let found: z.output<typeof chartFile> | undefined;
  for await (const { content } of membersOf(file, ({ name }) => /^[^/]+\/Chart\.yaml$/.test(name))) {
    if (!content) continue;
    const parsed = chartFile.safeParse(parse(content.toString('utf8')));
    if (!parsed.success) throw new BrokenTar('its Chart.yaml names no chart and version');
    found = parsed.data;
  }
  if (!found) throw new BrokenTar('it has no Chart.yaml: it is no Helm chart');
  return found;
}
