import type { Connection, Reach } from '../../contract/connection.ts';
import { openShell, type ShellOptions } from '../become/open-shell.ts';
import type { Limiter } from '../limiter.ts';
import { spawnLink } from '../local/spawn.ts';
import { shellConnection } from '../shell/connection.ts';
import type { Exec, LinkEnd, ShellLink } from '../shell/link.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import type { Target } from '../target/target.ts';
import { acceptScanned } from './accept-scanned.ts';
import { openMaster } from './master.ts';

export interface OpensshOptions extends ShellOptions {
  readonly hostKeys: HostKeyPolicy;
  readonly limiter: Limiter;
}

/** The system's OpenSSH, for what the built-in client cannot do: the same shell over `ssh host 'exec /bin/sh'`. */
export async function opensshConnection(reach: Reach, target: Target, options: OpensshOptions, why: string): Promise<Connection> {
  const master = await options.limiter.run(target.proxyJump, async () => {
    const open = () => openMaster(reach, target, options.hostKeys, options.signal);
    try {
      return await open();
    } catch (error) {
      if (!(await acceptScanned(target, options.hostKeys, error))) throw error;
      return open();
    }
  });
  const exec: Exec = async (command, { pty } = {}) => honest(spawnLink('ssh', [...(pty === true ? ['-tt'] : ['-T']), ...master.through, command], { carrier: true }));
  const stop = (): void => void master.end();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const booted = await openShell(exec, { ...reach, user: target.user }, options);
    return shellConnection(reach.host, `openssh (${why})`, booted, master.end);
  } catch (error) {
    await master.end();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}

/** ssh tells its own trouble with status 255: that is a broken link, not what the remote command said. */
const honest = (link: ShellLink): ShellLink => ({
  ...link,
  ended: link.ended.then((end): LinkEnd => (end.code === 255 ? { reason: 'ssh ended: the connection was lost' } : end)),
});
