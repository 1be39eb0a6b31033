import type { Node } from './node.ts';
import type { Wishes } from './wishes.ts';

/** What is to be said of an item on a node: it is so, it can be, it cannot be, or it makes no sense there. */
export type Verdict = 'ok' | 'possible' | 'blocked' | 'not applicable';

/** One line of advice. */
export interface Row {
  readonly item: string;
  readonly node: string;
  readonly wanted: string;
  readonly found: string;
  readonly prerequisite: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** The rule of versions or hardware that decided, in words. */
  readonly rule: string;
}

export type Judgement = Pick<Row, 'found' | 'verdict' | 'reason'> & { readonly wanted?: string };

/** One thing that may be tuned, and how it is judged on a node. Pure. */
export interface Item {
  readonly item: string;
  readonly wanted: string;
  readonly prerequisite: string;
  readonly rule: string;
  judge(node: Node, wishes: Wishes, fleet: readonly Node[]): Judgement;
}

export const ok = (found: string, reason: string): Judgement => ({ found, verdict: 'ok', reason });
export const possible = (found: string, reason: string): Judgement => ({ found, verdict: 'possible', reason });
export const blocked = (found: string, reason: string): Judgement => ({ found, verdict: 'blocked', reason });
export const notApplicable = (found: string, reason: string): Judgement => ({ found, verdict: 'not applicable', reason });
