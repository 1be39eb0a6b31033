import { type Kind, type Reading, type Script, sh } from '../../../contract/index.ts';

/** A parameter as it was before Plinth first set it, and as it is now. */
export interface Remembered {
  readonly key: string;
  readonly before: string;
  /** undefined where the kernel does not know it any more. */
  readonly live: string | undefined;
}

const memory = (file: string): string => `/var/lib/plinth/before/sysctl/${file}`;

const kind: Kind<readonly Remembered[]> = {
  name: 'sysctl before',
  script: (files) => sh`i=0
for f in ${files}; do
  f=/var/lib/plinth/before/sysctl/$f
  if [ -r "$f" ]; then
    out=''
    while IFS='=' read -r live key before; do
      is=''
      if [ -r "$live" ]; then is=$(cat "$live" | tr '\n' ' '); fi
      out="$out$key|$before|$is
"
    done <"$f"
    put "$i" "$out"
  fi
  i=$((i+1))
done`,
  parse: (text = '') =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [key = '', before = '', live = ''] = line.split('|').map((part) => part.trim().replace(/\s+/g, ' '));
        return { key, before, live: live === '' ? undefined : live };
      }),
};

/** What was there before the file of that name, by what is kept on the node. */
export const remembered = (file: string): Reading<readonly Remembered[]> => ({ kind, key: file });

/** Keeps a parameter's value, once, before it is set. */
export const remember = (file: string, key: string, live: string): Script => sh`mkdir -p /var/lib/plinth/before/sysctl
if ! grep -qs ${`^${live}=`} ${memory(file)} && [ -r ${live} ]; then printf '%s=%s=%s\n' ${live} ${key} "$(cat ${live} | tr '\t\n' '  ')" >>${memory(file)}; fi`;

export const forget = (file: string): Script => sh`rm -f -- ${memory(file)}`;
