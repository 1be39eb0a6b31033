import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** What runs, and what it brings. */
export interface Kernel {
  readonly release: string;
  /** Whether the modules of the running kernel are on disk; after an upgrade without a reboot they may be gone. */
  readonly modules: boolean;
  /** The file that holds its build configuration. */
  readonly config: string | undefined;
  readonly cgroup: 'v1' | 'hybrid' | 'v2';
  /** Whether a BPF file system is mounted on /sys/fs/bpf. */
  readonly bpffs: boolean;
}

/** Finds the build configuration of the running kernel: sets r (its release) and c (the file, or nothing). */
export const findKernelConfig = sh`read -r r </proc/sys/kernel/osrelease
c=''
for f in /proc/config.gz "/boot/config-$r" "/usr/lib/modules/$r/config" "/lib/modules/$r/config" "/usr/lib/ostree-boot/config-$r" "/usr/lib/kernel/config-$r"; do
  if [ -r "$f" ]; then c=$f; break; fi
done`;

const kind: Kind<Kernel> = {
  name: 'kernel',
  script: () => sh`${findKernelConfig}
m=no; if [ -d "/lib/modules/$r" ] || [ -d "/usr/lib/modules/$r" ]; then m=yes; fi
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then g=v2; elif [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then g=hybrid; else g=v1; fi
b=no; if grep -q ' /sys/fs/bpf bpf ' /proc/mounts; then b=yes; fi
put 0 "$r|$m|$c|$g|$b"`,
  parse(text = '') {
    const [release = '', modules, config, cgroup, bpffs] = text.split('|');
    return { release, modules: modules === 'yes', config: config || undefined, cgroup: cgroup === 'v2' || cgroup === 'hybrid' ? cgroup : 'v1', bpffs: bpffs === 'yes' };
  },
};

/** The running kernel: release, where its configuration and modules are, cgroup version, BPF file system. */
export const kernel = (): Reading<Kernel> => ({ kind, key: '' });
