import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

// Shell builtins only: no process at all, however many keys. Interface names may hold dots, so a slash form is taken as it is.
const kind: Kind<string | undefined> = {
  name: 'sysctl',
  script: (keys) =>
    sh`i=0; for k in ${keys.map((key) => (key.includes('/') ? key : key.replaceAll('.', '/')))}; do if [ -r "/proc/sys/$k" ]; then v=''; while IFS= read -r l || [ -n "$l" ]; do v="$v$l "; done <"/proc/sys/$k" 2>/dev/null || :; put "$i" "$v"; fi; i=$((i+1)); done`,
  parse: (text) => text?.trim().replace(/\s+/g, ' '),
};

/** A kernel parameter's live value, its parts one space apart; undefined where the kernel does not know it. */
export const sysctl = (key: string): Reading<string | undefined> => ({ kind, key });
