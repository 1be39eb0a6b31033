import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

const kind: Kind<string | undefined> = {
  name: 'link',
  script: (paths) => sh`i=0; for f in ${paths}; do if [ -L "$f" ]; then put "$i" "$(readlink -- "$f"; printf .)"; fi; i=$((i+1)); done`,
  parse: (text) => text?.replace(/\n\.$/, ''),
};

/** Where a symbolic link points, as it is written in the link; undefined where there is no link. */
export const link = (path: string): Reading<string | undefined> => ({ kind, key: path });
