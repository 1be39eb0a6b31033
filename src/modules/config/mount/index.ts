import { z } from 'zod';
import { change, defineModule, type Mount, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { differing } from './options.ts';
import { type Entry, entriesFor, withEntry } from './fstab.ts';

const word = (of: string) => z.string().regex(/^[^\s,#"\\][^\s,"\\]*$/, `must be ${of} without spaces and commas`);

/**
 * A network or removable file system wants `nofail` (and `_netdev`): without it a node whose server is away stops at boot.
 * What the kernel does not tell of an option is compared in /etc/fstab alone.
 */
export const mount = defineModule({
  name: 'mount',
  summary: 'A file system mounted now and at every boot, by its line in /etc/fstab.',

  args: z
    .strictObject({
      path: absolutePath().refine((path) => path !== '/', 'must not be the root file system').describe('Where it is mounted. The directory is made where it is not there.'),
      source: z.string().regex(/^[^\s"]+$/, 'must hold no spaces').optional().describe('What is mounted: a device, `UUID=...`, `LABEL=...`, `server:/export`, `tmpfs`, or a directory with the option bind.'),
      fstype: word('one type').refine((type) => type !== 'swap', 'is not for swap').optional().describe('Its type, such as ext4, xfs, nfs4, tmpfs; none for a bind mount.'),
      options: z.array(z.string().regex(/^[^\s,"]+(=[^\s"]*)?$/, 'must be one option without spaces')).min(1).default(['defaults']).describe('Mount options, one by one. `nofail` lets the node boot when it cannot be mounted.'),
      dump: z.int().min(0).max(1).default(0).describe('Whether dump(8) takes it.'),
      pass: z.int().min(0).max(2).default(0).describe('When fsck looks at it at boot: 2 for a local disk, 0 for never.'),
      state: z.enum(['mounted', 'configured', 'absent']).default('mounted').describe('`configured` sees to /etc/fstab alone. `absent` unmounts it and takes its line away; the directory stays.'),
    })
    .refine(({ state, source, fstype }) => state === 'absent' || (source !== undefined && fstype !== undefined), 'wants a source and a fstype'),

  observe: ({ path, source }) => ({ fstab: read.text('/etc/fstab'), mount: read.mount(path, source), folder: read.stat(`${path}/.`), there: read.stat(path) }),

  *plan({ path, source = '', fstype = '', options, dump, pass, state }, { fstab = '', mount: live, folder, there }) {
    const point = escaped(path);
    const entries = entriesFor(fstab, point);
    if (entries.length > 1) return yield refuse(`/etc/fstab mounts ${entries.length} things at ${path}`, entries.map((entry) => entry.source).join(', '), { hint: 'Leave one of these lines.' });
    const entry: Entry | undefined = state === 'absent' ? undefined : { source, path: point, fstype, options: options.join(','), dump: String(dump), pass: String(pass) };
    const wanted = withEntry(fstab, point, entry);
    const saved = wanted === fstab ? undefined : change('/etc/fstab', fstab, wanted, writeFstab(wanted));
    if (state === 'absent') {
      if (live) yield change(path, `${live.fstype} ${live.source}`, undefined, unmount(path));
      if (saved) yield saved;
      return;
    }
    if (state === 'mounted' && live && !isSame(live, { source, fstype, options })) {
      return yield refuse(`something else is mounted at ${path}`, `${live.fstype} ${live.source}${live.root === '/' ? '' : ` (${live.root})`}`, { hint: 'Unmount it in an earlier task, or choose another directory.' });
    }
    if (state === 'mounted' && there && !folder) return yield refuse(`${path} is not a directory`, `there is a ${there.type}`, { hint: 'Choose another path, or take away what is there.' });
    if (saved) yield saved;
    if (state === 'configured') return;
    if (!live) return yield change(path, undefined, `${fstype} ${source}`, sh.lines([sh`mkdir -p -- ${path}`, sh`mount -- ${path}`]), { timeout: 180_000 });
    const { found, should } = differing(options, live.options);
    if (found.length > 0 && !options.includes('bind')) yield change(`options of ${path}`, found.join(','), should.join(','), sh`mount -o remount -- ${path}`);
  },
});

const escaped = (text: string): string => text.replaceAll(/[ \t\n\\]/g, (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** Virtual file systems carry any name as their source, and of a bind mount the kernel tells the device behind it. */
function isSame(live: Mount, { source, fstype, options }: { readonly source: string; readonly fstype: string; readonly options: readonly string[] }): boolean {
  if (options.some((one) => one === 'bind' || one === 'rbind')) return true;
  const isType = fstype === 'auto' || live.fstype === fstype || (fstype === 'nfs' && live.fstype === 'nfs4');
  if (!isType) return false;
  return !/^(\/dev\/|[A-Z]+=)/.test(source) || live.source === live.wanted || live.source === source;
}

const unmount = (path: string): Script => sh`p=${path}
if ! umount -- "$p"; then
  if command -v fuser >/dev/null 2>&1; then fuser -vm -- "$p" >&2 || :; fi
  exit 1
fi`;

// In place of a link too: /etc/fstab of some images is one.
const writeFstab = (text: string): Script => sh`f=/etc/fstab
if [ -L "$f" ]; then f=$(readlink -f -- "$f"); fi
if [ -e "$f" ]; then cp -p -- "$f" "$f.plinth"; fi
printf %s ${text} >"$f.plinth"
mv -f -- "$f.plinth" "$f"
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi`;
