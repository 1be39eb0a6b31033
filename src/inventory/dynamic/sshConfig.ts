/** One `Host` block of an ssh_config. */
export interface HostBlock {
  readonly names: readonly string[];
  /** Keywords in small letters; of one given twice the first holds, as with ssh. */
  readonly settings: ReadonlyMap<string, string>;
}

/** The keyword lines of an ssh_config in blocks; what stands before the first `Host` is a block without names. */
export function hostBlocks(text: string): readonly HostBlock[] {
  const blocks: { names: readonly string[]; settings: Map<string, string> }[] = [{ names: [], settings: new Map() }];
  for (const line of text.split(/\r?\n/)) {
    const [, keyword = '', rest = ''] = /^\s*([A-Za-z]\w*)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    if (keyword === '') continue;
    const key = keyword.toLowerCase();
    if (key === 'host') blocks.push({ names: valuesOf(rest), settings: new Map() });
    else if (key === 'match') blocks.push({ names: [], settings: new Map() });
    else if (!blocks.at(-1)?.settings.has(key)) blocks.at(-1)?.settings.set(key, rest);
  }
  return blocks;
}

/** `a "b c"` as a and b c. */
export const valuesOf = (text: string): readonly string[] => Array.from(text.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');
