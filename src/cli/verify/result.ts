import type { RunEvent } from '../../report/event.ts';

/** What became of one check on one host. */
export interface Result {
  readonly name: string;
  readonly host: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  /** What was found; for a skip the reason. */
  readonly evidence: string;
  readonly hint?: string;
}

const looks = new Set(['check', 'probe']);

/** The result that an event tells of, if it does: of a check, or of anything else that failed on the way. */
export function resultOf(event: RunEvent): Result | undefined {
  if (event.type === 'hostUnreachable') return { name: 'the host is reached', host: event.host, status: 'failed', evidence: textOf(event.error), ...hintOf(event.error) };
  if (event.type !== 'taskResult') return undefined;
  const { task: name, host, status, note = '', error } = event;
  if (status === 'failed') return { name, host, status, evidence: error ? (looks.has(event.module) && error.detail && error.cause === 'refused' ? error.detail : textOf(error)) : '', ...(error ? hintOf(error) : {}) };
  // What one host does for all is told by that host.
  if (!looks.has(event.module) || note.startsWith('once for the play')) return undefined;
  if (status === 'ok' || status === 'skipped') return { name, host, status, evidence: note };
  return { name, host, status: 'skipped', evidence: note || 'not tried: this changes nothing' };
}

const textOf = ({ summary, detail }: { readonly summary: string; readonly detail?: string }): string => (detail ? `${summary}\n${detail.trimEnd()}` : summary);
const hintOf = ({ hint }: { readonly hint?: string }): { readonly hint?: string } => (hint === undefined ? {} : { hint });
