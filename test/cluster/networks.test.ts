import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, holds, meet, overlaps } from '../../src/cluster/networks.ts';

const number = fc.integer({ min: 0, max: 2 ** 16 - 1 });
const show = (low: number): string => `10.9.${Math.floor(low / 256)}.${low % 256}`;
const network = fc.tuple(number, fc.integer({ min: 16, max: 32 })).map(([low, prefix]) => {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(low / size) * size;
  return { block: `${show(first)}/${prefix}`, first, last: first + size - 1 };
});
const range = fc.tuple(number, number).map(([a, b]) => {
  const [first, last] = a < b ? [a, b] : [b, a];
  return { block: { start: show(first), stop: show(last) }, first, last };
});

describe('networks', () => {
  it('meet as their numbers do', () => {
    fc.assert(fc.property(fc.oneof(network, range), fc.oneof(network, range), (a, b) => { expect(meet(a.block, b.block)).toBe(a.first <= b.last && b.first <= a.last); }));
  });

  it('hold what lies between their ends', () => {
    fc.assert(fc.property(fc.oneof(network, range), number, (a, one) => { expect(holds(a.block, show(one))).toBe(a.first <= one && one <= a.last); }));
  });

  it('contain as their numbers do', () => {
    fc.assert(fc.property(network, network, (a, b) => { expect(contains(a.block, b.block)).toBe(a.first <= b.first && b.last <= a.last); }));
  });

  it('of two families never meet', () => {
    expect(meet('0.0.0.0/0', 'fd00::/8')).toBe(false);
    expect(meet('fd00:10::/64', 'fd00:10::5/128')).toBe(true);
  });

  it('of one owner may overlap', () => {
    expect(overlaps([{ owner: 'a', block: '10.0.0.0/8' }, { owner: 'a', block: '10.1.0.0/16' }])).toEqual([]);
  });
});
