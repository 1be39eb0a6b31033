import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { parseStat, type Stat } from './stat.ts';

/** Something below a directory. */
export interface TreeEntry extends Stat {
  /** Of a file that was asked for, in hex. */
  readonly sha256?: string;
  /** Of a link that was asked for: its target as it is written. */
  readonly target?: string;
}

/** What is below a directory, by relative path. */
export type Tree = Readonly<Record<string, TreeEntry>>;

export interface TreeWants {
  /** Told of with their digests or targets. Relative, without newlines and backslashes. */
  readonly paths: readonly string[];
  /** Tells of everything else too. */
  readonly all: boolean;
}

const format = '%F|%a|%U|%G|%s|%Y|%n';
const unfound = (sum: string): [string, string] => [sum.slice(66), sum.slice(0, 64)];

/**
 * Many files at once by three processes, however many they are: `stat`, `sha256sum`, and `find` where all is wanted. Reads
 * as undefined where there is no directory. Nothing joins with it.
 */
export function tree(path: string, { paths, all }: TreeWants): Reading<Tree | undefined> {
  const kind: Kind<Tree | undefined> = {
    name: 'tree',
    script: () => sh`d=${path}
if [ -d "$d/" ]; then
  cd -- "$d/"
  nl='
'
  set -- ${paths}
  stats=$(printf '%s\0' "$@" | xargs -0 stat -c ${format} -- 2>/dev/null) || :
  ${all ? sh`stats="$stats$nl"$(find . -mindepth 1 -exec stat -c ${format} -- '{}' +)` : sh`:`}
  sums=$(printf '%s\0' "$@" | xargs -0 sha256sum -- 2>/dev/null) || :
  links=''
  for f do if [ -L "$f" ]; then links="$links$f|$(readlink -- "$f")$nl"; fi; done
  put 0 "$stats$nl//sums$nl$sums$nl//links$nl$links"
fi`,
    parse(text) {
      if (text === undefined) return undefined;
      const [stats = '', rest = ''] = parted(text, '//sums');
      const [sums = '', links = ''] = parted(rest, '//links');
      const digests = new Map(sums.split('\n').map(unfound));
      const targets = new Map(links.split('\n').map((line) => [line.slice(0, line.indexOf('|')), line.slice(line.indexOf('|') + 1)]));
      return Object.fromEntries(
        entriesOf(stats).map(([name, found]) => {
          const sha256 = found.type === 'file' ? digests.get(name) : undefined;
          const target = found.type === 'link' ? targets.get(name) : undefined;
          return [name, { ...found, ...(sha256 === undefined ? {} : { sha256 }), ...(target === undefined ? {} : { target }) }];
        }),
      );
    },
  };
  return { kind, key: path };
}

const parted = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(`\n${mark}\n`);
  return [text.slice(0, at), text.slice(at + mark.length + 2)];
};

/** A name with a newline in it goes on over the next line. */
function entriesOf(text: string): [string, Stat][] {
  const entries: [string, Stat][] = [];
  for (const line of text.split('\n')) {
    const fields = /^([a-z ]+\|[0-7]+\|[^|]*\|[^|]*\|\d+\|-?\d+)\|(.*)$/.exec(line);
    const last = entries.at(-1);
    if (fields) entries.push([(fields[2] ?? '').replace(/^\.\//, ''), parseStat(fields[1] ?? '')]);
    else if (last && line !== '') last[0] += `\n${line}`;
  }
  return entries;
}
