import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh, type SysctlSetting } from '../../../contract/index.ts';
import { bringsOf, moduleOf } from './moduleOf.ts';
import { forget, remember, remembered } from './remembered.ts';

const oneSpaced = (value: string): string => value.trim().replaceAll(/\s+/g, ' ');

/**
 * Kernel parameters, now and at every boot: one file in /etc/sysctl.d, and the values it names set live. It refuses when a
 * file that is applied later would win at the next boot.
 */
export const sysctl = defineModule({
  name: 'sysctl',
  summary: 'Kernel parameters, now and at every boot.',

  args: z
    .strictObject({
      file: z.string().regex(/^[\w-][\w.-]*$/, 'must be a file name without folder and ending, such as 90-kubernetes').describe('Name of the file in /etc/sysctl.d, without `.conf`. Files are applied by name: a later one wins.'),
      values: z
        .record(z.string(), z.union([z.string(), z.int()]).transform((value) => oneSpaced(String(value))))
        .superRefine((values, context) => {
          for (const key of Object.keys(values)) if (!/^[a-z]\w*(\.[\w/-]+)+$/.test(key)) context.addIssue({ code: 'custom', path: [key], message: 'must be dotted, such as net.ipv4.ip_forward' });
        })
        .default({})
        .describe('The parameters by name. Parts of a value are one space apart.'),
      requires: z.string().regex(/^[\w-]+$/, 'must be the name of a kernel module').optional().describe('A kernel module that an earlier task loads and that brings some of these parameters. They are then counted on before it is loaded.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` removes the file, and brings back what its parameters were before Plinth first set them.'),
    })
    .refine(({ state, values }) => state === 'absent' || Object.keys(values).length > 0, { path: ['values'], message: 'must name at least one parameter' }),

  observe: ({ file, values, requires, state }) =>
    Object.assign({ saved: read.text(pathOf(file)), files: read.sysctlFiles(), ...(state === 'absent' ? { before: remembered(file) } : {}), ...(requires === undefined ? {} : { module: read.kernelModule(requires) }) }, read.each('live', Object.keys(values), (key) => read.sysctl(procName(key)))),

  *plan({ file, values, requires, state }, { saved, files = [], module, before = [], ...observed }) {
    const path = pathOf(file);
    if (state === 'absent') {
      if (saved !== undefined) yield change(path, saved, undefined, sh`rm -f -- ${path}`);
      const differing = before.filter(({ before: was, live }) => live !== undefined && live !== was);
      for (const { key, before: was, live } of differing) yield change(key, live, was, setLive(key, was));
      if (before.length > 0) yield change('what parameters were before', `${before.length} kept`, undefined, forget(file));
      return;
    }
    const live = (key: string): string | undefined => observed[`live ${key}`];
    const keys = Object.keys(values);
    const rival = winnerOver(path, values, files);
    if (rival) {
      yield refuse(`${rival.file}:${rival.line} wins over ${path}`, `it sets ${rival.key} = ${rival.value}, and ${values[rival.key]} is wanted`, {
        hint: 'Remove that line, or choose a file name that sorts after it.',
      });
      return;
    }
    if (requires && !module) {
      yield refuse(`the kernel has no module ${requires}`, 'it is neither loaded, nor built in, nor on disk for the running kernel', { hint: 'Install the package with the modules of this kernel, or reboot when the kernel was upgraded.' });
      return;
    }
    const brought = keys.filter((key) => requires !== undefined && bringsOf(requires, key));
    const unknown = keys.filter((key) => live(key) === undefined && !brought.includes(key));
    if (unknown[0]) {
      const brings = moduleOf(unknown[0]);
      yield refuse(`the kernel does not know ${unknown.join(', ')}`, `there is no ${unknown.map(liveFile).join(', no ')}`, {
        hint: brings ? `Load its module ${brings} in an earlier task, and say \`requires: '${brings}'\` here.` : 'Check the spelling. Some parameters are not visible in a container.',
      });
      return;
    }

    const text = textOf(values);
    // The file comes last: what the kernel does not take is not kept for the next boot either. Until its module is loaded a
    // parameter has no value to tell, and then it has one that nobody chose: such ones are set together with the file, so that
    // a plan says the same before the module is loaded and after.
    const withFile = saved === text ? [] : brought;
    for (const [key, value] of Object.entries(values)) {
      if (!withFile.includes(key) && !same(live(key), value)) yield change(key, live(key), value, sh.lines([remember(file, key, liveFile(key)), setLive(key, value)]));
    }
    if (saved !== text) yield change(path, saved, text, sh.lines([...withFile.flatMap((key) => [remember(file, key, liveFile(key)), setLive(key, values[key] ?? '')]), write(path, text)]));
  },
});

const pathOf = (file: string): string => `/etc/sysctl.d/${file}.conf`;
const textOf = (values: Readonly<Record<string, string>>): string => `# Written by Plinth.\n${Object.entries(values).map(([key, value]) => `${key} = ${value}\n`).join('')}`;

/** Interface names may hold dots: as in sysctl.d, a slash in a key stands for one. */
const procName = (key: string): string => (key.includes('/') ? key.replaceAll(/[./]/g, (one) => (one === '.' ? '/' : '.')) : key);
const liveFile = (key: string): string => `/proc/sys/${key.replaceAll(/[./]/g, (one) => (one === '.' ? '/' : '.'))}`;

/** The kernel prints numbers its own way: `0x10` is 16, `010` is 8. */
const same = (found: string | undefined, wanted: string): boolean => found === wanted || (found !== undefined && /^-?\d+$/.test(found) && /^-?(0x[0-9a-f]+|\d+)$/i.test(wanted) && Number(found) === Number(octal(wanted)));
const octal = (text: string): string => (/^0\d/.test(text) ? `0o${text.slice(1)}` : text);

const write = (path: string, text: string): Script => sh`umask 022
mkdir -p /etc/sysctl.d
printf %s ${text} >${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}`;

const setLive = (key: string, value: string): Script => sh`if ! { printf '%s\n' ${value} >${liveFile(key)}; } 2>/dev/null; then printf '%s\n' ${`the kernel does not take ${key} = ${value}`} >&2; exit 1; fi`;

/** The assignment that would have the last word at boot, where it says something else. */
function winnerOver(path: string, values: Readonly<Record<string, string>>, files: readonly SysctlSetting[]): SysctlSetting | undefined {
  const name = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
  const last = new Map(files.map((setting) => [setting.key, setting]));
  return Object.entries(values)
    .map(([key, value]) => ({ value, setting: last.get(key) }))
    .find(({ value, setting }) => setting && setting.file !== path && (setting.file === '/etc/sysctl.conf' || name(setting.file) > name(path)) && !same(setting.value, value))?.setting;
}
