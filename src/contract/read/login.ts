import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

const kind: Kind<string> = {
  name: 'login',
  script: () => sh`u=\${SUDO_USER:-\${LOGNAME:-\${USER:-}}}; if [ -z "$u" ]; then u=$(id -un); fi; put 0 "$u"`,
  parse: (text) => text ?? '',
};

/** The user Plinth logged in as, before it became root. */
export const login = (): Reading<string> => ({ kind, key: '' });
