import { linesOf, textOf } from '../../files/lines.ts';

interface Entry {
  readonly address: string;
  readonly names: readonly string[];
}

/** A name that a line gives another address of the same family. */
export interface Conflict {
  readonly name: string;
  readonly line: string;
  readonly address: string;
  readonly wanted: string;
}

/** Names in a hosts file that are to have another address. */
export function conflictsIn(text: string, entries: readonly Entry[]): Conflict[] {
  return linesOf(text).flatMap((line) => {
    const [address = '', ...names] = wordsOf(line);
    return entries.flatMap((entry) => (sameFamily(entry.address, address) && entry.address !== address ? entry.names.filter((name) => names.includes(name)).map((name) => ({ name, line, address, wanted: entry.address })) : []));
  });
}

/** The file without these names in these lines; a line that loses its last name goes. */
export function withoutNames(text: string, conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0) return text;
  return textOf(
    linesOf(text).flatMap((line) => {
      const taken = conflicts.filter((one) => one.line === line).map(({ name }) => name);
      if (taken.length === 0) return [line];
      const [address = '', ...names] = wordsOf(line);
      const left = names.filter((name) => !taken.includes(name));
      const comment = line.includes('#') ? ` ${line.slice(line.indexOf('#'))}` : '';
      return left.length > 0 ? [`${address}\t${left.join(' ')}${comment}`] : [];
    }),
  );
}

const wordsOf = (line: string): string[] => (line.split('#')[0] ?? '').split(/\s+/).filter((word) => word !== '');

const sameFamily = (a: string, b: string): boolean => a.includes(':') === b.includes(':');
