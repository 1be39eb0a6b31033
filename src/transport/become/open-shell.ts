import type { Reach } from '../../contract/connection.ts';
import { boot, type Booted, type BootOptions } from '../shell/boot.ts';
import type { Exec } from '../shell/link.ts';
import { rootShell } from './sudo.ts';

/** What every transport takes to open its shell. */
export type ShellOptions = Partial<Pick<BootOptions, 'lock' | 'waitForLock' | 'signal' | 'note' | 'timeout' | 'state' | 'home' | 'shell' | 'path'>>;

/** How long a shell may take to say hello, in ms; a slow PAM stack takes seconds. */
const helloTimeout = 30_000;

/** Opens root's shell, or the user's own with `become: false`, and starts the runner in it. `exec` is called as often as sudo needs. */
export async function openShell(exec: Exec, who: Pick<Reach, 'host' | 'become' | 'becomePassword'> & { readonly user: string }, options: ShellOptions): Promise<Booted> {
  const wanted = { timeout: helloTimeout, ...options, host: who.host };
  if (who.become === false) return boot(await exec('exec /bin/sh'), { ...wanted, root: false });
  if (who.user === 'root') return boot(await exec('exec /bin/sh'), { ...wanted, root: true });
  return rootShell(exec, who, { ...wanted, root: true });
}
