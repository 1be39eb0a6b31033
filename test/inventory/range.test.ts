import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandRange } from '../../src/inventory/layout/range.ts';

describe('host ranges', () => {
  it.each([
    ['node', ['node']],
    ['node[1:3]', ['node1', 'node2', 'node3']],
    ['node[08:11]', ['node08', 'node09', 'node10', 'node11']],
    ['node[a:c].lan', ['nodea.lan', 'nodeb.lan', 'nodec.lan']],
    ['node[1:9:4]', ['node1', 'node5', 'node9']],
    ['node[1:8:4]', ['node1', 'node5']],
    ['r[1:2]n[A:B]', ['r1nA', 'r1nB', 'r2nA', 'r2nB']],
    ['[0:1]', ['0', '1']],
    ['node[5:5]', ['node5']],
  ])('%s', (pattern, names) => {
    expect(expandRange(pattern)).toEqual(names);
  });

  it('holds as many names as the range has numbers, all different, in order, of one width when padded', () => {
    const digits = fc.record({ from: fc.nat(500), more: fc.nat(300), step: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 3, max: 6 }) });
    fc.assert(
      fc.property(digits, ({ from, more, step, width }) => {
        const [start, end] = [from, from + more].map((n) => String(n).padStart(width, '0'));
        const names = expandRange(`n[${start}:${end}:${step}]x`);
        const numbers = names.map((name) => Number(name.slice(1, -1)));
        expect(names).toHaveLength(Math.floor(more / step) + 1);
        expect(numbers).toEqual(names.map((_, index) => from + index * step));
        expect(new Set(names.map((name) => name.length)).size).toBe(1);
      }),
    );
  });

  it('is the product of its ranges', () => {
    const part = fc.record({ from: fc.nat(20), more: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const names = expandRange(parts.map(({ from, more }, index) => `p${index}-[${from}:${from + more}]`).join(''));
        expect(new Set(names).size).toBe(parts.reduce((size, { more }) => size * (more + 1), 1));
        expect(names.every((name) => parts.every(({ from, more }, index) => {
          const found = Number(new RegExp(`p${index}-(\\d+)`).exec(name)?.[1]);
          return found >= from && found <= from + more;
        }))).toBe(true);
      }),
    );
  });
});
