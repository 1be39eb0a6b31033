import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

// Shell builtins only. A name cannot hold a slash, so slashes part the names.
const kind: Kind<readonly string[] | undefined> = {
  name: 'listing',
  script: (paths) => sh`
    i=0
    for d in ${paths}; do
      if [ -d "$d/" ]; then
        names=''
        for f in "$d"/* "$d"/.*; do
          case \${f##*/} in .|..) continue;; esac
          if [ -e "$f" ] || [ -L "$f" ]; then names="$names/\${f##*/}"; fi
        done
        put "$i" "$names"
      fi
      i=$((i+1))
    done`,
  parse: (text) => text?.split('/').slice(1).sort(),
};

/** The names in a directory, sorted, hidden ones too; undefined where there is no directory. */
export const listing = (path: string): Reading<readonly string[] | undefined> => ({ kind, key: path });
