import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** What a file holds. */
export interface Content {
  /** In hex. */
  readonly sha256: string;
  /** Its text, given only where the digest is not the wanted one, the file is no longer than 64 KiB and is text. */
  readonly text?: string;
}

const limit = 64 * 1024;
const anything = '-';

// One process for all files whose content is as wanted: only the others are printed, so that a diff can be shown.
const kind: Kind<Content | undefined> = {
  name: 'content',
  script: (keys) => sh`
    wants=${keys.map((key) => `${key.slice(0, key.indexOf(':'))} `).join('')}
    set -- ${keys.map((key) => key.slice(key.indexOf(':') + 1))}
    i=0; there=''
    for f do
      shift
      want=\${wants%% *}; wants=\${wants#* }
      if [ -f "$f" ]; then
        if [ -r "$f" ]; then set -- "$@" "$f"; there="$there$i:$want "; else put "$i" unreadable; fi
      fi
      i=$((i+1))
    done
    [ $# -gt 0 ] || exit 0
    found=$(sha256sum -- "$@")
    while read -r sum rest; do
      sum=\${sum#\\}; [ \${#sum} -eq 64 ] || continue
      one=\${there%% *}; there=\${there#* }
      if [ "$sum" = "\${one#*:}" ]; then put "\${one%%:*}" "$sum"; else put "\${one%%:*}" "$sum $(head -c ${limit + 1} -- "$1" 2>/dev/null; printf .)"; fi
      shift
    done <<EOF
$found
EOF`,
  parse(found, key) {
    if (found === undefined) return undefined;
    if (found === 'unreadable') throw new Error(`${key.slice(key.indexOf(':') + 1)} cannot be read by this user`);
    const [sha256 = '', ...rest] = found.split(' ');
    const text = rest.join(' ').slice(0, -1);
    if (rest.length === 0 || Buffer.byteLength(text) > limit || text.includes('�')) return { sha256 };
    return { sha256, text };
  },
};

/**
 * The digest of a file's content, links followed, and its text where that is not what is wanted; undefined where there
 * is no file. `wanted` is a sha256 in hex; without it the text is always given.
 */
export const content = (path: string, wanted: string = anything): Reading<Content | undefined> => ({ kind, key: `${wanted}:${path}` });
