import { z } from 'zod';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import { sha256 } from '../../dsl/load/digest.ts';
import type { RunEvent } from '../../report/event.ts';
import { toldChange } from '../../report/schema.ts';
import { changeLine } from '../../report/text/change.ts';
import { createStyle } from '../../report/text/style.ts';
import type { Prepared } from './prepare.ts';

const entry = z.object({ play: z.string(), task: z.string(), status: z.string(), changes: z.array(toldChange), digest: z.string() });

/** A plan as a file: what it was made of, and what each host would see. Secrets are masked in it as everywhere. */
export const savedPlanSchema = z.object({
  plinthPlan: z.literal(1),
  version: z.string(),
  createdAt: z.string(),
  playbook: z.object({ path: z.string(), digest: z.string() }),
  inventory: z.object({ paths: z.array(z.string()), digest: z.string() }),
  limit: z.string().optional(),
  tags: z.array(z.string()),
  skipTags: z.array(z.string()),
  hosts: z.record(z.string(), z.array(entry)),
});
export type SavedPlan = z.output<typeof savedPlanSchema>;
type Entry = z.output<typeof entry>;

export function savedPlan({ asked, digests, hosts }: Pick<Prepared, 'asked' | 'digests' | 'hosts'>, events: readonly RunEvent[], version: string): SavedPlan {
  return {
    plinthPlan: 1,
    version,
    createdAt: new Date().toISOString(),
    playbook: { path: asked.playbook, digest: digests.playbook },
    inventory: { paths: [...asked.inventory], digest: digests.inventory },
    ...(asked.limit === undefined ? {} : { limit: asked.limit }),
    tags: [...asked.tags],
    skipTags: [...asked.skipTags],
    hosts: Object.fromEntries(hosts.map((host) => [host, entriesOf(host, events)])),
  };
}

function entriesOf(host: string, events: readonly RunEvent[]): Entry[] {
  return events.flatMap((event) => (event.type === 'taskResult' && event.host === host ? [{ play: event.play, task: event.task, status: event.status, changes: [...event.changes], digest: sha256(JSON.stringify([event.status, event.changes])) }] : []));
}

/** @throws PlinthError, cause `usage`, where the text is no plan. */
export function readPlan(text: string, file: string): SavedPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const parsed = savedPlanSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PlinthError({ cause: 'usage', summary: `${file} is neither a playbook nor a saved plan`, hint: 'A playbook ends in .ts; `plinth plan PLAYBOOK -o FILE` keeps a plan.' });
}

/** Everything that is no longer as it was planned; empty where the plan fits exactly. */
export function driftOf(planned: SavedPlan, now: SavedPlan): Diagnostic[] {
  const sources: Diagnostic[] = [
    ...(planned.playbook.digest === now.playbook.digest ? [] : [drift(`the playbook ${planned.playbook.path} is not what it was`)]),
    ...(planned.inventory.digest === now.inventory.digest ? [] : [drift(`the inventory ${planned.inventory.paths.join(', ')} is not what it was`)]),
    ...(planned.version === now.version ? [] : [drift(`the plan was made by Plinth ${planned.version}, this is ${now.version}`)]),
  ];
  const names = [...new Set([...Object.keys(planned.hosts), ...Object.keys(now.hosts)])];
  return [...sources, ...names.flatMap((host) => hostDrift(host, planned.hosts[host] ?? [], now.hosts[host] ?? []))];
}

function hostDrift(host: string, planned: readonly Entry[], now: readonly Entry[]): Diagnostic[] {
  const lines = Array.from({ length: Math.max(planned.length, now.length) }, (_, i) => {
    const [before, after] = [planned[i], now[i]];
    if (before?.digest === after?.digest && before?.task === after?.task && before?.play === after?.play) return [];
    return [`${(before ?? after)?.play} › ${(before ?? after)?.task}`, ...told('planned', before), ...told('now', after)];
  }).flat();
  return lines.length === 0 ? [] : [{ ...drift('the node no longer looks as planned'), host, detail: lines.join('\n') }];
}

function told(when: string, found: Entry | undefined): string[] {
  if (!found) return [`  ${when}: no such task`];
  if (found.changes.length === 0) return [`  ${when}: ${found.status}`];
  return found.changes.map((change) => `  ${when}: ${changeLine(change, createStyle(false))}`);
}

const drift = (summary: string): Diagnostic => ({ cause: 'drift', summary, hint: 'Nothing was changed. Plan anew, look at it, and apply that.' });
