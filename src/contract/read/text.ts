import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

// `$(...)` drops newlines at the end: a dot guards them. A file with NUL bytes loses those, so it reads as different.
const kind: Kind<string | undefined> = {
  name: 'text',
  script: (paths) => sh`i=0; for f in ${paths}; do if [ -f "$f" ]; then put "$i" "$(cat -- "$f"; printf .)"; fi; i=$((i+1)); done`,
  parse: (text) => text?.slice(0, -1),
};

/** The whole text of a file, links followed; undefined where there is none. For content that is only compared, use `sha256`. */
export const text = (path: string): Reading<string | undefined> => ({ kind, key: path });
