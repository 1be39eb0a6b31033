import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

// One grep, however many keys. Not the shell's own read: dash reads a byte at a time, and the kernel gives the number of a
// parameter only to a read from its beginning, so of 4096 it would see the 4. Interface names may hold dots, so a slash form
// is taken as it is.
const kind: Kind<string | undefined> = {
  name: 'sysctl',
  script: (keys) => sh`
cd /proc/sys
nl='
'
set -- ${keys.map((key) => (key.includes('/') ? key : key.replaceAll('.', '/')))}
all="$nl$(grep -s '' "$@" /dev/null || :)$nl"
i=0
for k in "$@"; do
  if [ -r "$k" ]; then
    v=''; rest=$all
    while :; do
      case $rest in *"$nl$k:"*) ;; *) break;; esac
      rest=\${rest#*"$nl$k:"}
      v="$v\${rest%%"$nl"*} "
      rest="$nl\${rest#*"$nl"}"
    done
    put "$i" "$v"
  fi
  i=$((i+1))
done`,
  parse: (text) => text?.trim().replace(/\s+/g, ' '),
};

/** A kernel parameter's live value, its parts one space apart; undefined where the kernel does not know it. */
export const sysctl = (key: string): Reading<string | undefined> => ({ kind, key });
