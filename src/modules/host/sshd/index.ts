import { z } from 'zod';
import { change, defineModule, guarded, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { mark } from '../original.ts';
import { connecting, server, type Server } from './found.ts';
import { lockedOut } from './lockedOut.ts';
import { type Option, optionsOf, sshdOptions } from './options.ts';

/**
 * How sshd lets people in, by one drop-in. It cannot lock you out: what would is refused where it can be known, sshd must
 * accept the configuration, and the node takes it back by itself unless a new login succeeds.
 */
export const sshd = defineModule({
  name: 'sshd',
  summary: 'Options of the SSH server, in a way that cannot lock you out.',

  args: z
    .strictObject({
      file: z.string().regex(/^[\w-][\w.-]*$/, 'must be a file name without folder and ending, such as 10-plinth').default('10-plinth').describe('Name of the file in /etc/ssh/sshd_config.d, without `.conf`. The first file by name that sets an option wins.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the file away.'),
      ...sshdOptions,
      options: z
        .record(z.string(), z.string().regex(/^[^\n]+$/, 'must be one line'))
        .superRefine((options, context) => {
          const typed = new Set(optionsOf(Object.fromEntries(Object.keys(sshdOptions).map((name) => [name, 'x'])), {}).map(([key]) => key.toLowerCase()));
          for (const key of Object.keys(options)) {
            if (!/^[A-Za-z0-9]+$/.test(key) || /^(match|include)$/i.test(key)) context.addIssue({ code: 'custom', path: [key], message: 'is no keyword of sshd_config that can stand here' });
            if (typed.has(key.toLowerCase())) context.addIssue({ code: 'custom', path: [key], message: 'has an argument of its own' });
          }
        })
        .default({})
        .describe('Further lines of sshd_config, by keyword.'),
      within: z.int().min(5000).default(30_000).describe('How long the node waits for a new login before it takes the change back, in ms.'),
    })
    .superRefine(({ state, options, ...args }, context) => {
      if (state === 'present' && optionsOf(args, options).length === 0) context.addIssue({ code: 'custom', message: 'sets no option' });
      if (args.pubkeyAuthentication === false && args.passwordAuthentication === false) context.addIssue({ code: 'custom', path: ['pubkeyAuthentication'], message: 'nobody could log in: neither key nor password is taken' });
    }),

  observe: ({ file }) => ({ found: read.text(pathOf(file)), server: server(), connecting: connecting() }),

  *plan({ file, state, options, within, ...args }, { found, server: is, connecting: us }) {
    const path = pathOf(file);
    if (!is) return yield refuse('there is no sshd on this node', 'no program of that name is in the usual places', { hint: 'Install openssh-server in an earlier task.' });
    const wanted = optionsOf(args, options);
    const text = state === 'absent' ? undefined : `${mark}\n${wanted.map(([key, value]) => `${key} ${value}\n`).join('')}`;
    if (state === 'present') {
      const stop = us ? lockedOut(args, us, is) : undefined;
      if (stop) return yield stop;
      if (!includes(is)) return yield refuse('sshd does not read /etc/ssh/sshd_config.d', 'there is no Include of it in /etc/ssh/sshd_config', { hint: 'Put `Include /etc/ssh/sshd_config.d/*.conf` on its first line in an earlier task (line).' });
      const rival = rivalOf(path, wanted, is);
      if (rival) return yield refuse(`${rival.file} wins over ${path}`, `it sets ${rival.keyword} ${rival.value}, and sshd heeds the first that it reads`, { hint: 'Remove that line, or choose a name for `file` that sorts before it.' });
    }
    if (found === text) return;
    yield change(path, found, text, guarded(place(path, text, found, is.unit), { undo: sh.lines([write(path, found), load(is.unit)]), within }));
  },
});

const pathOf = (file: string): string => `/etc/ssh/sshd_config.d/${file}.conf`;

const includes = ({ lines }: Server): boolean => lines.some(({ file, keyword, value }) => file === '/etc/ssh/sshd_config' && keyword === 'include' && value.includes('/etc/ssh/sshd_config.d/'));

/** The line that sshd reads before ours and that says something else. Options that add up are no rivals. */
function rivalOf(path: string, wanted: readonly Option[], { lines }: Server) {
  const main = lines.filter(({ file }) => file === '/etc/ssh/sshd_config');
  const at = main.findIndex(({ keyword }) => keyword === 'include');
  const before = [...main.slice(0, at), ...lines.filter(({ file }) => file !== '/etc/ssh/sshd_config' && file < path)].filter(({ keyword }) => !['port', 'listenaddress', 'allowusers', 'allowgroups', 'denyusers', 'denygroups', 'acceptenv', 'hostkey'].includes(keyword));
  return before.find(({ keyword, value }) => wanted.some(([key, want]) => key.toLowerCase() === keyword && want.toLowerCase() !== value.toLowerCase()));
}

const write = (path: string, text: string | undefined): Script =>
  text === undefined
    ? sh`rm -f -- ${path}`
    : sh`umask 077
mkdir -p -m 0755 /etc/ssh/sshd_config.d
printf %s ${text} >${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}`;

// A moment passes between the signal and the new sockets; who comes in between waits for long.
const load = (unit: Server['unit']): Script => sh`${unit === undefined ? sh`kill -HUP "$(cat /run/sshd.pid)"` : sh`systemctl try-reload-or-restart -- ${unit}`}
sleep 0.5`;

/** What sshd itself does not accept is put back before anything else sees it. */
const place = (path: string, text: string | undefined, before: string | undefined, unit: Server['unit']): Script => sh`${write(path, text)}
sshd=$(command -v sshd || echo /usr/sbin/sshd)
if ! "$sshd" -t >&2; then
  ${write(path, before)}
  echo 'sshd does not accept this configuration, so it was not loaded' >&2
  exit 1
fi
${load(unit)}`;
