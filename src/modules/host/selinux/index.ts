import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';

const path = '/etc/selinux/config';

/** The mode of SELinux, now and at every boot. To switch it on or off altogether takes a restart, which this never does. */
export const selinux = defineModule({
  name: 'selinux',
  summary: 'The mode of SELinux.',

  args: z.strictObject({
    mode: z.enum(['enforcing', 'permissive', 'disabled']).describe('`permissive` logs what `enforcing` would forbid. A node without SELinux counts as `disabled`.'),
  }),

  observe: () => ({ config: read.text(path), enforce: read.text('/sys/fs/selinux/enforce') }),

  *plan({ mode }, { config, enforce }) {
    if (config === undefined) {
      if (mode !== 'disabled') yield refuse('there is no SELinux on this node', `there is no ${path}`, { hint: 'Debian and Ubuntu use AppArmor: leave them out, or say disabled.', final: true });
      return;
    }
    const line = /^SELINUX=(\w+)[ \t]*$/m;
    const saved = line.exec(config)?.[1];
    const isOn = enforce !== undefined;
    if (mode !== 'disabled' && !isOn && saved === 'disabled') {
      return yield refuse('SELinux is off, and files were written without labels', `${path} says disabled, and the kernel has it not`, { hint: 'Switch it on by hand: permissive, `touch /.autorelabel`, restart, look at the log, then enforcing.', final: true });
    }
    if (isOn && mode !== 'disabled') {
      const now = enforce.trim() === '1' ? 'enforcing' : 'permissive';
      if (now !== mode) yield change('SELinux now', now, mode, sh`setenforce ${mode === 'enforcing' ? '1' : '0'}`);
    }
    if (saved !== mode) {
      const text = saved === undefined ? `${config}${config.endsWith('\n') || config === '' ? '' : '\n'}SELINUX=${mode}\n` : config.replace(line, `SELINUX=${mode}`);
      yield change(path, config, text, sh`printf %s ${text} >${`${path}.plinth`}
chmod 0644 -- ${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}
if command -v restorecon >/dev/null; then restorecon -- ${path}; fi`);
    }
  },

  output: ({ mode }, { enforce }) => ({ rebootNeeded: mode === 'disabled' && enforce !== undefined }),
});
