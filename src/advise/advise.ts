import { items } from './items/index.ts';
import type { Node } from './node.ts';
import type { Row } from './row.ts';
import { type WishesInput, wishesSchema } from './wishes.ts';

/**
 * For each item of the tuning lists one row per node: what is wanted, what was found, whether it can be, and why. Pure: the
 * same nodes and wishes give the same advice. What could not be read is never taken for a no.
 * @throws ZodError for wishes that make no sense.
 */
export function advise(fleet: readonly Node[], given: WishesInput = {}): Row[] {
  const wishes = wishesSchema.parse(given);
  return items.flatMap(({ item, wanted, prerequisite, rule, judge }) => fleet.map((node) => ({ item, node: node.name, wanted, prerequisite, rule, ...judge(node, wishes, fleet) })));
}
