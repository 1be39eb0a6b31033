import { adviceReadings, extraOf, type Node } from '../../advise/index.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { join, type Observed, type Readings } from '../../contract/reading.ts';
import { gather } from '../nodes/facts.ts';
import type { HostWork } from '../nodes/on-hosts.ts';

/** Facts and what advice needs beside them: two round trips. */
export async function gatherNode(work: HostWork): Promise<Node> {
  const connection = await work.connect();
  const facts = await gather({ ...work, connect: async () => connection });
  const readings = adviceReadings(facts);
  const { scripts, places } = join(Object.values(readings));
  const steps = await Promise.all(scripts.map(async (script) => ({ script: await script.text() })));
  const replies = await connection.send(steps, { signal: work.signal });
  const failed = replies.find((reply) => reply === undefined || reply.code !== 0);
  if (failed !== undefined || replies.length < steps.length) throw new PlinthError({ cause: 'reading', summary: 'what advice needs could not be read', detail: failed?.stderr ?? '', host: work.host });
  return { name: work.host, facts, extra: extraOf(observed(readings, places.map(({ script, index, reading }) => reading.kind.parse(replies[script]?.facts.get(String(index)), reading.key)))) };
}

const observed = <R extends Readings>(readings: R, values: readonly unknown[]): Observed<R> => Object.fromEntries(Object.keys(readings).map((name, i) => [name, values[i]])) as Observed<R>;
