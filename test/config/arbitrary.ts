import fc from 'fast-check';
import type { Edit } from '../../src/modules/config/keyed/edits.ts';
import { showKeyPath } from '../../src/modules/config/keyed/keyPath.ts';
import { isMapping, type Mapping, type Value } from '../../src/modules/config/keyed/value.ts';

const word = fc.oneof(fc.constantFrom('a', 'b', 'c', 'name', 'with.dot', 'a b', 'x"y', 'yes', '0', '#h', ''), fc.string({ maxLength: 5 }).filter((one) => one !== '__proto__'));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)));
export const scalar: fc.Arbitrary<Value> = fc.oneof(word, fc.constantFrom('multi\nline', 'on', '0755', ' x ', "it's", 'a: b', 'a #b', '\ttab', '-', '~', 'null', '1e3', 'é😀'), number, fc.boolean(), fc.constant(null));

/** Any structured value, a few levels deep. */
export const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(word, tie('value'), { maxKeys: 3, noNullPrototype: true })),
})).value;

export const mapping: fc.Arbitrary<Mapping> = fc.dictionary(word, value, { maxKeys: 4, noNullPrototype: true });

/** Paths that lead to something that can be set or removed in a document. */
export function pathsIn(root: Value, made: string): (readonly (string | number)[])[] {
  if (Array.isArray(root)) return [...root.flatMap((one: Value, at) => [[at], ...pathsIn(one, made).map((rest) => [at, ...rest])]), [root.length]];
  if (isMapping(root)) return [...Object.entries(root).flatMap(([key, one]) => [[key], ...pathsIn(one, made).map((rest) => [key, ...rest])]), ...(Object.hasOwn(root, made) ? [] : [[made], [made, 'deeper', 0]])];
  return [];
}

export interface Trial {
  readonly document: Mapping;
  readonly edit: Edit;
}

/** A document, and one thing to set or take away in it. */
export const trial = (documents: fc.Arbitrary<Mapping>, values: fc.Arbitrary<Value>): fc.Arbitrary<Trial> =>
  fc.tuple(documents, word, values, fc.nat(), fc.boolean()).map(([document, made, wanted, which, isRemoval]) => {
    const paths = pathsIn(document, made).filter((path) => !isRemoval || typeof path.at(-1) === 'string');
    const path = paths[which % Math.max(paths.length, 1)] ?? ['fallback'];
    return { document, edit: { key: showKeyPath(path), path, value: isRemoval ? undefined : wanted } };
  });

/** What a document should be after an edit, worked out on values alone. */
export function after(root: Value, [key, ...rest]: readonly (string | number)[], wanted: Value | undefined): Value {
  if (key === undefined) return wanted ?? null;
  if (typeof key === 'number') {
    const list: readonly Value[] = Array.isArray(root) ? root : [];
    const item = list[key] ?? null;
    if (rest.length > 0 && wanted === undefined && key >= list.length) return root;
    return [...list.slice(0, key), after(item, rest, wanted), ...list.slice(key + 1)];
  }
  const map = isMapping(root) ? root : {};
  const found = Object.hasOwn(map, key) ? map[key] : undefined;
  if (rest.length === 0 && wanted === undefined) return Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));
  if (found === undefined && wanted === undefined) return root;
  return { ...map, ...Object.fromEntries([[key, after(found ?? null, rest, wanted)]]) };
}
