import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainSection } from '../../src/inventory/explain.ts';
import type { Word } from '../../src/inventory/merge/layers.ts';
import { type Conflict, merge, placeIn, valueOf } from '../../src/inventory/merge/merge.ts';
import type { Place, Tree } from '../../src/inventory/source/tree.ts';

type Data = string | number | null | readonly Data[] | { readonly [key: string]: Data };
const isMap = (data: Data | undefined): data is { readonly [key: string]: Data } => typeof data === 'object' && data !== null && !Array.isArray(data);

/** Data with a place that tells the layer (as the line) and the path. */
function tree(data: Data, line: number, path = ''): Tree {
  const at: Place = { file: 'x', line, col: 1, path };
  if (Array.isArray(data)) return { kind: 'list', at, items: data.map((item: Data, index) => tree(item, line, `${path}[${index}]`)) };
  if (!isMap(data)) return { kind: 'leaf', at, value: data };
  return { kind: 'table', at, entries: new Map(Object.entries(data).map(([key, value]) => [key, { keyAt: { ...at, path: `${path}.${key}` }, value: tree(value, line, `${path}.${key}`) }])) };
}

const words = (layers: readonly Data[]): readonly Word[] => layers.map((data, index) => ({ layer: { name: `layer ${index}`, rank: String(index), owner: String(index) }, tree: tree(data, index + 1) }));

function merged(layers: readonly Data[]): unknown {
  const found = merge(words(layers), []);
  return found && valueOf(found);
}

/** The rule in one line, to compare with. */
const over = (a: Data | undefined, b: Data): Data => (isMap(a) && isMap(b) ? Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, key in b ? over(a[key], b[key] ?? null) : (a[key] ?? null)])) : b);

const key = fc.constantFrom('a', 'b', 'c', 'vm.swappiness');
const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', 'y'), fc.constant(null), fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }));
const anyMap: fc.Arbitrary<Data> = fc.letrec<{ map: Data }>((tie) => ({ map: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, leaf, tie('map')), { maxKeys: 3, noNullPrototype: true }) })).map;

/** Maps and leaves always at the same paths, as a schema would have it. */
const shaped: fc.Arbitrary<Data> = fc.record({ a: leaf, b: fc.record({ c: leaf, d: leaf }, { requiredKeys: [] }), e: fc.record({ f: fc.record({ g: leaf }, { requiredKeys: [] }) }, { requiredKeys: [] }) }, { requiredKeys: [] });

describe('merge', () => {
  it('is the fold of "maps merge, the rest replaces"', () => {
    fc.assert(
      fc.property(fc.array(anyMap, { minLength: 1, maxLength: 5 }), (layers) => {
        expect(merged(layers)).toEqual(layers.reduce((a, b) => over(a, b)));
      }),
    );
  });

  it('is associative per leaf', () => {
    fc.assert(
      fc.property(shaped, shaped, shaped, (a, b, c) => {
        expect(merged([over(a, b), c])).toEqual(merged([a, b, c]));
        expect(merged([a, over(b, c)])).toEqual(merged([a, b, c]));
      }),
    );
  });

  it('explains each leaf by exactly one winner, whose value is the merged one and whose place is its own', () => {
    fc.assert(
      fc.property(fc.array(anyMap, { minLength: 1, maxLength: 4 }), (layers) => {
        const found = merge(words(layers), []);
        const value = found && valueOf(found);
        for (const { path, sources } of explainSection('vars', found, value)) {
          const [winner, ...others] = sources.filter((source) => source.won);
          const here = path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined), value);
          expect(others).toEqual([]);
          expect(winner?.value).toEqual(here);
          expect(winner?.at).toMatchObject({ line: placeIn(found, path)?.line });
          expect(winner?.layer).toBe(`layer ${(winner?.at?.line ?? 0) - 1}`);
        }
      }),
    );
  });

  it('names a rival only where it decides', () => {
    const equal = (owner: string, data: Data, line: number, rank = 'group'): Word => ({ layer: { name: owner, rank, owner }, tree: tree(data, line) });
    const conflicts = (list: readonly Word[]): readonly Conflict[] => {
      const found: Conflict[] = [];
      merge(list, found);
      return found;
    };
    expect(conflicts([equal('g', { a: 1, m: { x: 1 } }, 1), equal('h', { a: 1, m: { y: 2 } }, 2)])).toEqual([]);
    expect(conflicts([equal('g', { m: { x: 1 } }, 1), equal('h', { m: { x: 2 } }, 2)])).toMatchObject([{ path: ['m', 'x'], places: [{ line: 1 }, { line: 2 }] }]);
    expect(conflicts([equal('g', { a: 1 }, 1), equal('h', { a: 2 }, 2), equal('host', { a: 3 }, 3, 'host')])).toEqual([]);
    expect(conflicts([equal('g', { a: 1 }, 1), equal('g', { a: 2 }, 2)])).toEqual([]);
    expect(conflicts([equal('g', { a: { b: 1 } }, 1), equal('h', { a: 2 }, 2)])).toHaveLength(1);
  });
});
