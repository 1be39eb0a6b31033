/** `bad`: runs fail or break something because of it. `warn`: worth mending, or worth knowing. */
export type Verdict = 'ok' | 'warn' | 'bad';

/** One thing that was looked at. */
export interface Finding {
  /** `controller`, or the host. */
  readonly where: string;
  /** What was looked at, e.g. `clock`. */
  readonly check: string;
  readonly verdict: Verdict;
  /** The evidence: what was found. */
  readonly found: string;
  /** The way out, where it is not ok. */
  readonly hint?: string;
}

/** A finding before it is said where: what the judging functions give. */
export type Judged = Omit<Finding, 'where'>;

export const ok = (check: string, found: string): Judged => ({ check, verdict: 'ok', found });
export const warn = (check: string, found: string, hint: string): Judged => ({ check, verdict: 'warn', found, hint });
export const bad = (check: string, found: string, hint: string): Judged => ({ check, verdict: 'bad', found, hint });
