import { Late } from '../contract/late.ts';
import type { Slot } from './program.ts';

/** A late value whose task will fill it. Nobody may ever ask: a rejection nobody awaits is not an error. */
export function openSlot(label: string): Slot {
  let settle!: (value: unknown) => void;
  let fail!: (why: Error) => void;
  const value = new Promise<unknown>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  value.catch(() => undefined);
  return { settle, fail, late: new Late(label, () => value) };
}
