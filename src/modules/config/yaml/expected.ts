import { type KeyPath, showKeyPath } from '../keyed/keyPath.ts';
import { Unfit } from '../keyed/unfit.ts';
import { isList, isMapping, nested, type Value } from '../keyed/value.ts';
import { mark } from './ownValue.ts';

/**
 * What a document should say after an edit, worked out on its values alone: the text is held against it.
 * @throws Unfit where the path leads through a single value, or beyond the end of a list.
 */
export function expected(root: Value, path: KeyPath, value: Value | undefined): Value {
  const at = (found: Value | undefined, depth: number): Value | undefined => {
    const key = path[depth];
    if (key === undefined) return value;
    if (found === undefined || found === null) return value === undefined ? found : begun(depth);
    if (typeof key === 'number' ? !isList(found) : !isMapping(found)) {
      if (value === undefined) return found;
      const is = typeof found === 'string' && found.startsWith(`${mark}*`) ? 'an alias' : isList(found) ? 'a list' : isMapping(found) ? 'a map' : 'a single value';
      throw new Unfit(`${showKeyPath(path.slice(0, depth)) || 'the whole document'} is ${is}, not ${typeof key === 'number' ? 'a list' : 'a map'}`, JSON.stringify(found).replace(String.raw`\u0000`, '').slice(0, 80), 'Set or remove that key itself.');
    }
    if (isList(found)) return inList(found, Number(key), depth);
    return isMapping(found) ? inMap(found, String(key), depth) : found;
  };

  const inList = (list: readonly Value[], place: number, depth: number): Value => {
    if (place > list.length && value !== undefined) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, `it has ${list.length} items`, 'A list grows by one at a time: name the place behind its last item.');
    const item = at(list[place], depth + 1);
    return item === undefined ? list : [...list.slice(0, place), item, ...list.slice(place + 1)];
  };

  const inMap = (map: { readonly [key: string]: Value }, key: string, depth: number): Value => {
    const item = at(Object.hasOwn(map, key) ? map[key] : undefined, depth + 1);
    const others = Object.entries(map).filter(([other]) => other !== key);
    return Object.fromEntries(item === undefined ? others : [...others, [key, item]]);
  };

  const begun = (depth: number): Value => {
    const inner = nested(path.slice(depth), value ?? null);
    if (inner === undefined) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, 'there is no such list yet', 'A new list begins at [0]; or set the whole list.');
    return inner;
  };

  return at(root, 0) ?? null;
}
