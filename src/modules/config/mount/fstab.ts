/** One line of /etc/fstab that mounts something. Fields as they are written there, escapes included. */
export interface Entry {
  readonly source: string;
  readonly path: string;
  readonly fstype: string;
  readonly options: string;
  readonly dump: string;
  readonly pass: string;
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

function entryOf(line: string): Entry | undefined {
  const [source = '', path = '', fstype = '', options = 'defaults', dump = '0', pass = '0'] = line.trim().split(/\s+/);
  return source === '' || source.startsWith('#') || fstype === '' ? undefined : { source, path, fstype, options, dump, pass };
}

/** The entries for a mount point. A slash at its end means nothing. */
export const entriesFor = (text: string, path: string): Entry[] => linesOf(text).flatMap((line) => entryOf(line) ?? []).filter((entry) => (entry.path.replace(/(.)\/+$/, '$1')) === path);

/** The text with this entry in place of the one for its mount point, or without one. All other lines stay as they are. */
export function withEntry(text: string, path: string, entry: Entry | undefined): string {
  const isOurs = (line: string): boolean => entriesFor(line, path).length > 0;
  const lines = linesOf(text);
  if (entry === undefined) return lines.filter((line) => !isOurs(line)).join('');
  const at = lines.findIndex(isOurs);
  const written = `${[entry.source, entry.path, entry.fstype, entry.options, entry.dump, entry.pass].join(' ')}\n`;
  if (at < 0) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${written}`;
  return lines.map((line, index) => (index === at && !sameEntry(entryOf(line), entry) ? written : line)).join('');
}

const sameEntry = (a: Entry | undefined, b: Entry): boolean => a !== undefined && a.source === b.source && a.fstype === b.fstype && a.options === b.options && a.dump === b.dump && a.pass === b.pass;
