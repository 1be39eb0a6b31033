import type { Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { boot, type Booted, type BootOptions } from '../shell/boot.ts';
import type { Exec, ShellLink } from '../shell/link.ts';
import { terminalShell, wantsTerminal } from './requiretty.ts';

type Who = Pick<Reach, 'host' | 'becomePassword'> & { readonly user: string };

/**
 * Root's shell by sudo. What sudo says is never understood, only its exit status and our own hello: prompts differ by
 * locale, by configuration, and in sudo-rs. First without a password, which costs one channel.
 */
export async function rootShell(exec: Exec, who: Who, options: BootOptions): Promise<Booted> {
  const without = await tryShell(await exec('exec sudo -n -- /bin/sh'), options);
  if (!('refused' in without)) return without;
  if (without.code === 127) throw refused(who, 'sudo is not there', without.refused, 'Install sudo, connect as root, or set `become: false`.');
  const { becomePassword } = who;
  if (becomePassword !== undefined && /[\n\0]/.test(becomePassword)) throw refused(who, 'the sudo password holds a line break', '', 'Give it without one.');
  const byPassword = becomePassword === undefined ? undefined : await tryShell(await withPassword(exec, becomePassword), options);
  if (byPassword && !('refused' in byPassword)) return byPassword;
  if (await wantsTerminal(exec)) {
    const link = await terminalShell(exec, becomePassword);
    const onTerminal = link && (await tryShell(link, options));
    if (onTerminal && !('refused' in onTerminal)) return onTerminal;
  }
  if (becomePassword === undefined) {
    throw refused(who, `sudo wants a password for ${who.user}, and none was given`, without.refused, 'Give it with --ask-become-pass, or in the inventory (ssh: { becomePassword: !secret ... }), or allow NOPASSWD in sudoers.');
  }
  throw refused(who, `sudo does not take the password of ${who.user}, or does not let that user in`, byPassword?.refused ?? '', `It was tried once, so that nobody is locked out. Check the password, and with \`sudo -l\` on the host that ${who.user} may run everything.`);
}

const refused = (who: Who, summary: string, detail: string, hint: string): PlinthError => new PlinthError({ cause: 'become', host: who.host, summary, detail, hint });

interface Refused {
  /** Its last words. */
  readonly refused: string;
  readonly code: number;
}

/** Boots a shell; a command that ended by itself before it said hello was refused. */
async function tryShell(link: ShellLink, options: BootOptions): Promise<Booted | Refused> {
  try {
    return await boot(link, options);
  } catch (error) {
    if (!(error instanceof PlinthError) || !error.diagnostics.some(({ cause }) => cause === 'lost')) throw error;
    const end = await link.ended;
    if (end.code === undefined) throw error;
    return { refused: error.diagnostics[0]?.detail ?? '', code: end.code };
  }
}

/**
 * One program that first tries the password with sudo reading nothing else: its exit status is the answer, and a wrong one
 * counts once. Then sudo for the shell. Should sudo not want the password the second time, the loop takes it, so it is
 * never run as a command. One line without quotes of its own: the login shell may be csh or fish.
 */
const passwordCommand = `exec /bin/sh -c 'read -r p; printf "%s\\n" "$p" | sudo -S -k -p "" -- true || exit 1; exec sudo -S -k -p "" -- /bin/sh -c "while read -r l; do case \\$l in go-*) exec /bin/sh;; esac; done"'`;

async function withPassword(exec: Exec, password: string): Promise<ShellLink> {
  const link = await exec(passwordCommand);
  link.stdin.on('error', () => undefined);
  // All at once: each of its readers takes no more than its line.
  link.stdin.write(`${password}\n${password}\ngo-on\n`);
  return link;
}
