import { type Kind, type Reading, type Script, sh } from '../../../contract/index.ts';

/** How the kernel is given its arguments. */
export interface Loader {
  readonly kind: 'grub' | 'grubby' | 'raspberry-pi';
  /** What will be given to it at the next boot, as far as the loader's own files tell; of grub, our drop-in's part alone. */
  readonly next: string;
  /** The file that holds it. */
  readonly path: string;
}

export const dropIn = '/etc/default/grub.d/90-plinth.cfg';

const kind: Kind<Loader | undefined> = {
  name: 'bootLoader',
  script: () => sh`for f in /boot/firmware/cmdline.txt /boot/cmdline.txt; do
  if [ -f "$f" ] && [ ! -L "$f" ]; then put 0 "raspberry-pi|$f|$(cat "$f")"; exit 0; fi
done
if command -v grubby >/dev/null; then
  put 0 "grubby|/boot/loader/entries|$(grubby --info=DEFAULT 2>/dev/null | sed -n 's/^args="\(.*\)"$/\1/p')"
elif command -v update-grub >/dev/null; then
  t=''
  if [ -f ${dropIn} ]; then t=$(cat ${dropIn}; printf .); fi
  put 0 "grub||$t"
fi`,
  parse(text) {
    if (text === undefined) return undefined;
    const [name = '', path = '', ...rest] = text.split('|');
    const next = rest.join('|');
    if (name === 'grub') return { kind: 'grub', path: dropIn, next: next.replace(/\.$/, '') };
    return { kind: name === 'grubby' ? 'grubby' : 'raspberry-pi', path, next: next.trim() };
  },
};

/** undefined where none is known: a container, or a loader such as systemd-boot. */
export const loader = (): Reading<Loader | undefined> => ({ kind, key: '' });

/** One line, and nothing else, or a Raspberry Pi does not start: written beside and renamed. */
export const writeCmdline = (path: string, line: string): Script => sh`printf '%s\n' ${line} >${`${path}.plinth`}
sync
mv -f -- ${`${path}.plinth`} ${path}
sync`;

export const writeDropIn = (text: string | undefined): Script => sh.lines([
  text === undefined
    ? sh`rm -f -- ${dropIn}`
    : sh`mkdir -p /etc/default/grub.d
printf %s ${text} >${`${dropIn}.plinth`}
mv -f -- ${`${dropIn}.plinth`} ${dropIn}`,
  sh`update-grub >&2`,
]);

export const updateEntries = (add: readonly string[], remove: readonly string[]): Script =>
  sh`grubby --update-kernel=ALL ${[...(remove.length > 0 ? [`--remove-args=${remove.join(' ')}`] : []), ...(add.length > 0 ? [`--args=${add.join(' ')}`] : [])]}`;
