import type { ShowDiff } from './text/diff.ts';
import type { Style } from './text/style.ts';

/** Where a reporter writes, and how much. */
export interface ReportOptions {
  write(text: string): void;
  readonly style: Style;
  /** Tells unchanged tasks, effects and readings as well. */
  readonly verbose?: boolean;
  /** Shows unified diffs of texts. */
  readonly diff?: ShowDiff;
}
