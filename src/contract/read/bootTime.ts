import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

// From the start of process 1, in hundredths of a second after the kernel's: a container's own boot counts.
const kind: Kind<number> = {
  name: 'bootTime',
  script: () => sh`
    b=$(grep '^btime ' /proc/stat)
    read -r line </proc/1/stat
    set -- \${line##*) }
    put 0 "\${b#* } \${20}"`,
  parse(text = '') {
    const [kernel = Number.NaN, first = Number.NaN] = text.split(' ').map(Number);
    const ms = kernel * 1000 + first * 10;
    if (Number.isNaN(ms)) throw new Error('/proc/stat does not say when the node was started');
    return ms;
  },
};

/** When the node was started, ms since 1970 by the node's clock, good to a second. */
export const bootTime = (): Reading<number> => ({ kind, key: '' });
