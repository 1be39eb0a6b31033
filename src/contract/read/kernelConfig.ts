import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';
import { findKernelConfig } from './kernel.ts';

// The whole text is some 200 kB: the node looks the wanted names up itself, all in one pass.
const kind: Kind<string | undefined> = {
  name: 'kernelConfig',
  script: (names) => sh`
    ${findKernelConfig}
    [ -n "$c" ] || exit 0
    if [ "$c" = /proc/config.gz ]; then open=zcat; else open=cat; fi
    found=$($open "$c" | grep -E ${`^CONFIG_(${names.map((name) => name.replaceAll(/\W/g, '')).join('|')})=`} || :)
    i=0
    for k in ${names}; do
      v=n
      while IFS= read -r l; do case $l in "CONFIG_$k="*) v=\${l#*=};; esac; done <<EOF
$found
EOF
      put "$i" "$v"
      i=$((i+1))
    done`,
  parse: (text) => text?.replace(/^"(.*)"$/, '$1'),
};

/**
 * An option of the running kernel's build, named without `CONFIG_`: `y`, `m`, `n` where it is not set, or its value;
 * undefined where the configuration cannot be found.
 */
export const kernelConfig = (name: string): Reading<string | undefined> => ({ kind, key: name });
