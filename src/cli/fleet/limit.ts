import { PlinthError } from '../../contract/diagnostic.ts';
import type { LoadedFleet } from '../../dsl/fleet.ts';
import { closest } from '../print/closest.ts';

/**
 * The hosts that a pattern names, in the inventory's order: names, groups, `all`, globs (`*`, `?`, `[a-c]`), with commas
 * between; `!` takes hosts away, and a pattern that only takes away starts from all.
 * @throws PlinthError, cause `usage`, for a part that fits nothing, and where no host is left.
 */
export function selectHosts(pattern: string, fleet: LoadedFleet): readonly string[] {
  const parts = pattern.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const wanted = parts.filter((part) => !part.startsWith('!'));
  const unwanted = parts.filter((part) => part.startsWith('!')).map((part) => part.slice(1));
  const names = fleet.hosts.map(({ name }) => name);
  const taken = new Set(wanted.length === 0 && unwanted.length > 0 ? names : wanted.flatMap((part) => fitting(part, names, fleet)));
  for (const part of unwanted) for (const name of fitting(part, names, fleet)) taken.delete(name);
  if (taken.size === 0) throw new PlinthError({ cause: 'usage', summary: parts.length === 0 ? 'the limit is empty' : `no host is left by the limit "${pattern}"`, hint: `Hosts: ${some(names)}.` });
  return names.filter((name) => taken.has(name));
}

function fitting(part: string, names: readonly string[], { groups }: LoadedFleet): readonly string[] {
  if (part === 'all') return names;
  const isGlob = /[*?[]/.test(part);
  const fits = isGlob ? globOf(part) : undefined;
  const found = [...names.filter((name) => (fits ? fits.test(name) : name === part)), ...Object.keys(groups).filter((name) => (fits ? fits.test(name) : name === part)).flatMap((name) => groups[name] ?? [])];
  // A group may be empty on purpose; a name that nobody bears is a slip.
  if (found.length > 0 || (!isGlob && Object.hasOwn(groups, part))) return found;
  const known = [...names, ...Object.keys(groups)];
  const near = closest(part, known);
  throw new PlinthError({ cause: 'usage', summary: `no host or group fits "${part}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: `Hosts: ${some(names)}. Groups: ${some(Object.keys(groups))}.` });
}

function globOf(glob: string): RegExp {
  const pattern = [...glob.matchAll(/\[!?[^\]]+\]|[\s\S]/g)].map(([part]) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace('[!', '[^');
    return part.replace(/[.+^${}()|\\/[\]]/, '\\$&');
  });
  return new RegExp(`^${pattern.join('')}$`);
}

const some = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', '));
