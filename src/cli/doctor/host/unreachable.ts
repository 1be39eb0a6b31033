import type { Cause, Diagnostic } from '../../../contract/diagnostic.ts';
import { bad, type Judged, warn } from '../finding.ts';

const checks: Readonly<Partial<Record<Cause, string>>> = { auth: 'login', 'host-key': 'host key', become: 'sudo', secret: 'secret', reading: 'readings' };

/** What stood in the way of looking at a host, under the name of what failed. */
export function judgeUnreachable({ cause, summary, detail, hint }: Diagnostic): Judged {
  const found = detail === undefined ? summary : `${summary}\n${detail.trimEnd()}`;
  if (cause === 'locked') return warn('lock', found, hint ?? 'Wait until it has ended.');
  return bad(checks[cause] ?? 'reach', found, hint ?? 'Try `plinth ping` and `ssh -v` to the same host.');
}
