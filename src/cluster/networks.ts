import { BlockList, isIPv6 } from 'node:net';
import type { Block } from './spec/address.ts';

/** Addresses that belong to somebody, and who that is. */
export interface Holding {
  readonly owner: string;
  readonly block: Block;
}

export const showBlock = (block: Block): string => (typeof block === 'string' ? block : block.stop === undefined || block.stop === block.start ? block.start : `${block.start}-${block.stop}`);

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
const split = (cidr: string): readonly [string, number] => {
  const [network = '', prefix] = cidr.split('/');
  return [network, prefix === undefined ? (isIPv6(network) ? 128 : 32) : Number(prefix)];
};

/** Its first and last address as far as two blocks of whole networks or ranges need them to tell whether they meet. */
const ends = (block: Block): readonly string[] => (typeof block === 'string' ? [split(block)[0]] : [block.start, block.stop ?? block.start]);

function listOf(block: Block): BlockList {
  const list = new BlockList();
  if (typeof block !== 'string') list.addRange(block.start, block.stop ?? block.start, familyOf(block.start));
  else list.addSubnet(...split(block), familyOf(split(block)[0]));
  return list;
}

/** Whether an address lies in a block. */
export const holds = (block: Block, address: string): boolean => listOf(block).check(address, familyOf(address));

/** Two blocks meet where one holds an end of the other: networks are nested or apart, ranges begin or end in the other. */
export const meet = (a: Block, b: Block): boolean => ends(b).some((address) => holds(a, address)) || ends(a).some((address) => holds(b, address));

/** Whether the whole network `inner` lies in `outer`. */
export const contains = (outer: string, inner: string): boolean => familyOf(split(outer)[0]) === familyOf(split(inner)[0]) && split(outer)[1] <= split(inner)[1] && holds(outer, split(inner)[0]);

/** A range whose end is before its start holds nothing, and every block must say which family it is of. */
export function isBackwards(block: Block): boolean {
  if (typeof block === 'string' || block.stop === undefined) return false;
  if (familyOf(block.start) !== familyOf(block.stop)) return true;
  try {
    listOf(block);
    return false;
  } catch {
    return true;
  }
}

/** Every pair of holdings of different owners that meet. */
export function overlaps(holdings: readonly Holding[]): { readonly a: Holding; readonly b: Holding }[] {
  return holdings.flatMap((a, index) => holdings.slice(index + 1).flatMap((b) => (a.owner !== b.owner && meet(a.block, b.block) ? [{ a, b }] : [])));
}
