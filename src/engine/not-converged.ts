import type { Change } from '../contract/change.ts';
import type { Diagnostic } from '../contract/diagnostic.ts';
import type { Seen } from './observe.ts';
import { refusalOf } from './refusal.ts';

/** Why a task that was changed without an error is still not as wanted; undefined when it is. Events leave nothing to read. */
export function notConverged(now: Seen): Diagnostic | undefined {
  if (now.error) return { ...now.error, summary: `changed without an error, but could not be read back: ${now.error.summary}` };
  if (now.refusal) return refusalOf(now.refusal);
  const left = now.changes.filter((change) => !change.event);
  if (left.length === 0) return undefined;
  return {
    cause: 'not-converged',
    summary: 'changed without an error, yet it still differs',
    detail: left.map(({ what, from, to }: Change) => `${what}: found ${brief(from)}, wanted ${brief(to)}`).join('\n'),
    hint: 'Something on the node undoes or ignores the change: another tool that manages the same thing, or a value the system spells differently.',
  };
}

function brief(value: string | undefined): string {
  if (value === undefined) return 'nothing';
  const [line = ''] = value.split('\n');
  return line.length > 80 || line !== value.trimEnd() ? `${line.slice(0, 77)}...` : line;
}
