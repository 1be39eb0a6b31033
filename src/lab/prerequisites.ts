import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { labError } from './fail.ts';

const programs: Readonly<Record<string, string>> = {
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  mount: 'mount',
  perl: 'perl-base',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
};

export interface Prerequisites {
  /** Debian packages to install before `up` can work. */
  readonly missing: readonly string[];
  /** Why no package can help: not Linux, not root. */
  readonly blocked?: string;
}

/** What keeps this machine from having a lab. Looks only; installs nothing. */
export function prerequisites(machine: { platform: string; uid: number; path: string } = here()): Prerequisites {
  if (machine.platform !== 'linux') return { missing: [], blocked: `a lab needs Linux, and this is ${machine.platform}` };
  if (machine.uid !== 0) return { missing: [], blocked: 'a lab needs root: it makes namespaces, mounts and cgroups' };
  const missing = Object.entries(programs).filter(([program]) => !installed(program, machine.path)).map(([, name]) => name);
  return { missing: [...new Set(missing)] };
}

/** Throws `lab` with the way out when something is missing. */
export function requirePrerequisites(found: Prerequisites = prerequisites()): void {
  if (found.blocked) {
    throw labError(found.blocked, { hint: 'Run it as root on Linux, for instance with sudo; on any other machine "vagrant up" starts the same nodes as virtual machines (see Vagrantfile).' });
  }
  if (found.missing.length > 0) {
    throw labError('programs the lab needs are not installed', { hint: `apt-get install --no-install-recommends ${found.missing.join(' ')}` });
  }
}

const here = () => ({ platform: process.platform, uid: process.getuid?.() ?? -1, path: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` });

const installed = (program: string, path: string): boolean =>
  path.split(':').filter(Boolean).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
