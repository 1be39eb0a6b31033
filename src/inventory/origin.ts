import type { Located } from '../contract/index.ts';
import { isPlain } from './check/plain.ts';
import type { Inventory, Origin } from './inventory.ts';

/** Freezes parsed variables and remembers every object and list in them. */
export function remember(origins: WeakMap<object, Origin>, host: string, value: unknown, path: readonly PropertyKey[] = []): void {
  if (!Array.isArray(value) && !isPlain(value)) return;
  origins.set(value, { host, path });
  if (Array.isArray(value)) value.forEach((item, index) => remember(origins, host, item, [...path, index]));
  else for (const [key, item] of Object.entries(value)) remember(origins, host, item, [...path, key]);
  Object.freeze(value);
}

/**
 * Where the part of `value` at `path` was written, if it came from the variables of `host`. For a complaint about a task's
 * arguments: `value` is the arguments, `path` the complaint's. Objects and lists are known by identity. A scalar is found
 * through the object that holds it, else by its value, where exactly one variable has it (of small values: one of the same key).
 */
export function findOrigin(inventory: Inventory, host: string, value: unknown, path: readonly PropertyKey[] = []): Located | undefined {
  let part = value;
  let found: Located | undefined;
  for (let length = 0; length <= path.length; length++) {
    if (typeof part === 'object' && part !== null) {
      const origin = inventory.originOf(part);
      if (origin) found = nearestPlace(inventory, origin, path.slice(length));
    }
    const step = path[length];
    if (step === undefined) break;
    part = typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined;
  }
  return found ?? byValue(inventory, host, part, path.at(-1));
}

/** A value that is missing has no place: then the nearest thing around it. */
function nearestPlace(inventory: Inventory, { host, path }: Origin, rest: readonly PropertyKey[]): Located | undefined {
  for (let length = rest.length; length >= 0; length--) {
    const at = inventory.locate(host, [...path, ...rest.slice(0, length)]);
    if (at) return at;
  }
  return undefined;
}

function byValue(inventory: Inventory, host: string, value: unknown, key: PropertyKey | undefined): Located | undefined {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return undefined;
  const vars = inventory.hosts.find((one) => one.name === host)?.vars;
  const paths = [...leavesEqual(vars, value, [])];
  const named = paths.filter((path) => path.at(-1) === key);
  const [only, ...others] = paths.length === 1 && isTelling(value) ? paths : named;
  return only && others.length === 0 ? inventory.locate(host, only) : undefined;
}

/** A 1 or a "no" stands in too many places by chance; a path or an address does not. */
const isTelling = (value: string | number): boolean => (typeof value === 'number' ? Math.abs(value) >= 100 : value.length > 3);

function* leavesEqual(tree: unknown, value: unknown, path: readonly PropertyKey[]): Iterable<readonly PropertyKey[]> {
  if (tree === value) yield path;
  else if (Array.isArray(tree)) for (const [index, item] of tree.entries()) yield* leavesEqual(item, value, [...path, index]);
  else if (isPlain(tree)) for (const [key, item] of Object.entries(tree)) yield* leavesEqual(item, value, [...path, key]);
}
