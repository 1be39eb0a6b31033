import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

const kind: Kind<'apt' | 'dnf' | undefined> = {
  name: 'packageManager',
  script: () => sh`if command -v apt-get >/dev/null; then put 0 apt; elif command -v dnf >/dev/null; then put 0 dnf; fi`,
  parse: (text) => (text === 'apt' || text === 'dnf' ? text : undefined),
};

/** What installs packages on the node; undefined where neither apt nor dnf is there. */
export const packageManager = (): Reading<'apt' | 'dnf' | undefined> => ({ kind, key: '' });
