/**
 * What a check of the spec found. `untested`: nobody vouches for it, and nothing is known against it. `broken`: it is known not to
 * work, and nothing may be changed before it is mended.
 */
export interface Finding {
  readonly verdict: 'ok' | 'untested' | 'broken';
  /** What was looked at, e.g. `Cilium 1.18.6 with Kubernetes 1.35`. */
  readonly subject: string;
  /** What was found, one sentence. */
  readonly what: string;
  /** The page or issue that says so. */
  readonly source?: string;
  /** The way out. */
  readonly hint?: string;
  /** Where it is a matter of one node. */
  readonly node?: string;
  /** Where in the spec, e.g. ['cilium', 'values']. */
  readonly path?: readonly (string | number)[];
}

type Rest = Omit<Finding, 'verdict' | 'subject' | 'what'>;

export const ok = (subject: string, what: string, rest: Rest = {}): Finding => ({ verdict: 'ok', subject, what, ...rest });
export const untested = (subject: string, what: string, rest: Rest = {}): Finding => ({ verdict: 'untested', subject, what, ...rest });
export const broken = (subject: string, what: string, rest: Rest = {}): Finding => ({ verdict: 'broken', subject, what, ...rest });
