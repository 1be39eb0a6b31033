import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** What is mounted at a path: the topmost, where several lie on each other. */
export interface Mount {
  /** A device without links, or what the kernel calls it: `tmpfs`, `server:/export`. */
  readonly source: string;
  readonly fstype: string;
  /** Which part of the file system is seen: `/` but for bind mounts and subvolumes. */
  readonly root: string;
  /** Of the mount and of the file system, as the kernel tells them. */
  readonly options: readonly string[];
  /** The device that the wanted source leads to, where it is one: UUID=, LABEL= and links followed. */
  readonly wanted: string;
}

/** As mountinfo and fstab write spaces, tabs, newlines and backslashes. */
const escapeMount = (text: string): string => text.replaceAll(/[ \t\n\\]/g, (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`);
const unescaped = (text: string): string => text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

// Builtins but for links of devices.
const kind: Kind<Mount | undefined> = {
  name: 'mount',
  script: (keys) => sh`
    i=0
    for k in ${keys}; do
      p=\${k%%|*}; w=\${k#*|}; found=''
      while read -r id parent dev root at opts rest; do
        if [ "$at" = "$p" ]; then rest=" $rest"; found="$root $opts \${rest#* - }"; fi
      done </proc/self/mountinfo
      if [ -n "$found" ]; then
        case $w in
          UUID=*) w=/dev/disk/by-uuid/\${w#*=};;
          LABEL=*) w=/dev/disk/by-label/\${w#*=};;
          PARTUUID=*) w=/dev/disk/by-partuuid/\${w#*=};;
          PARTLABEL=*) w=/dev/disk/by-partlabel/\${w#*=};;
        esac
        if [ -L "$w" ]; then w=$(readlink -f -- "$w"); fi
        s=\${found#* * * }; s=\${s%% *}
        if [ -L "$s" ]; then s=$(readlink -f -- "$s"); fi
        put "$i" "$found|$s|$w"
      fi
      i=$((i+1))
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    const [found = '', source = '', ...wanted] = text.split('|');
    const [root = '', options = '', fstype = '', , superOptions = ''] = found.split(' ');
    return { source: unescaped(source), fstype, root: unescaped(root), options: [...new Set([...options.split(','), ...superOptions.split(',')])], wanted: wanted.join('|') };
  },
};

/** What is mounted at a path; undefined where nothing is. `source` is what should be there, as in fstab, to be compared with. */
export const mount = (path: string, source = ''): Reading<Mount | undefined> => ({ kind, key: `${escapeMount(path)}|${source}` });
