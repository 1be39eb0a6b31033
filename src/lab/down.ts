import { clear } from './clear.ts';
import { locate, type Which } from './locate.ts';
import { locked } from './lock.ts';
import { requirePrerequisites } from './prerequisites.ts';

/** Ends a lab and leaves nothing of it, whatever state it is in. Answers whether there was one. Throws `lab`. */
export async function down(which: Which = {}): Promise<boolean> {
  requirePrerequisites();
  const here = locate(which);
  return locked(here, () => clear(here));
}
