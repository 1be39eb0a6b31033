import { z } from 'zod';
import { change, defineModule, read, refuse } from '../../../contract/index.ts';
import { mark } from '../original.ts';
import { dropIn, loader, updateEntries, writeCmdline, writeDropIn } from './loader.ts';
import { edited, nameOf, wordsOf } from './words.ts';

const argument = () => z.string().regex(/^[A-Za-z0-9_.-]+(=[A-Za-z0-9_.,:/@+=-]*)?$/, 'must be a kernel argument, such as quiet or mitigations=auto');

/** What a Raspberry Pi needs for Kubernetes: its firmware switches the memory controller of cgroups off. */
export const raspberryPiCgroups: string[] = ['cgroup_enable=memory', 'cgroup_memory=1'];

/**
 * Arguments of the kernel from the next boot on: by a drop-in of grub, by grubby, or in the cmdline.txt of a Raspberry Pi.
 * It never restarts the node; its output says whether a restart is needed, and `reboot` does it.
 */
export const kernelArguments = defineModule({
  name: 'kernelArguments',
  summary: 'Arguments that the kernel is started with.',

  args: z
    .strictObject({
      present: z.array(argument()).default([]).describe('Wanted, as `name` or `name=value`. Another value of the same name gives way; what may be given several times, such as console, is listed whole.'),
      absent: z.array(argument()).default([]).describe('Unwanted: a name whatever its value, or `name=value`.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes back what `present` lists.'),
    })
    .superRefine(({ present, absent }, context) => {
      for (const word of present) if (absent.includes(word) || absent.includes(nameOf(word))) context.addIssue({ code: 'custom', path: ['absent'], message: `names ${word}, which is wanted` });
    }),

  observe: () => ({ loader: loader(), running: read.text('/proc/cmdline') }),

  *plan({ state, ...args }, { loader: is }) {
    if (!is) return yield refuse('no known boot loader is on this node', 'there is neither update-grub, nor grubby, nor the cmdline.txt of a Raspberry Pi', { hint: 'A container has none: leave it out by facts.container. Other loaders are set by hand.', final: true });
    const present = state === 'present' ? args.present : [];
    const absent = state === 'present' ? args.absent : args.present;
    if (is.kind === 'grub') {
      const text = present.length + (state === 'present' ? absent.length : 0) === 0 ? undefined : grubText(present, absent);
      const found = is.next || undefined;
      if (found !== text) yield change(dropIn, found, text, writeDropIn(text), { critical: true });
      return;
    }
    const wanted = edited(is.next, present, absent);
    if (is.kind === 'raspberry-pi') {
      if (is.next !== wanted) yield change(is.path, is.next, wanted, writeCmdline(is.path, wanted), { critical: true });
      return;
    }
    const found = wordsOf(is.next);
    const words = wordsOf(wanted);
    const add = words.filter((word) => !found.includes(word));
    const remove = found.filter((word) => !words.includes(word));
    if (add.length + remove.length > 0) yield change('kernel arguments', is.next, wanted, updateEntries(add, remove), { critical: true });
  },

  output: ({ present, absent, state }, { running = '' }) => {
    const now = wordsOf(running);
    const isWanted = state === 'present' ? edited(running, present, absent) === now.join(' ') : !present.some((word) => now.includes(word));
    return { rebootNeeded: !isWanted };
  },
});

/** grub reads its drop-ins as a shell: what earlier files set is edited, then what is wanted is added. */
function grubText(present: readonly string[], absent: readonly string[]): string {
  const names = [...new Set([...present.map(nameOf), ...absent])];
  const gone = names.map((name) => (name.includes('=') ? name : `${name}|${name}=*`)).join('|');
  const filter = `plinth_kept() {\n  for word do case $word in ${gone}) ;; *) printf '%s ' "$word" ;; esac; done\n}\n`;
  const lines = ['GRUB_CMDLINE_LINUX_DEFAULT="$(plinth_kept $GRUB_CMDLINE_LINUX_DEFAULT)"', `GRUB_CMDLINE_LINUX="$(plinth_kept $GRUB_CMDLINE_LINUX)${present.join(' ')}"`];
  return `${mark}\n${filter}${lines.join('\n')}\n`;
}
