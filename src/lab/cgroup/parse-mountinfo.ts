/** One mounted cgroup file system, from proc_pid_mountinfo(5). */
export interface CgroupMount {
  readonly version: 1 | 2;
  readonly dir: string;
  /** The v1 controllers or the name, as `mount -o` wants them: `cpu,cpuacct`, `name=systemd`. Empty for v2. */
  readonly options: string;
  readonly writable: boolean;
}

const notControllers = /^(rw|ro|seclabel|xattr|clone_children|noprefix|release_agent=.*|nsdelegate|memory_recursiveprot|favordynmods|memory_localevents)$/;

/** The cgroup file systems a mountinfo text shows, each hierarchy once, the first mount of it. */
export function parseMountinfo(text: string): CgroupMount[] {
  const found = text.split('\n').flatMap((line): CgroupMount[] => {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , , dir = '', mountOptions = ''] = left.split(' ');
    const [type, , superOptions = ''] = right.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') return [];
    const writable = mountOptions.split(',').includes('rw') && superOptions.split(',').includes('rw');
    const options = type === 'cgroup2' ? '' : superOptions.split(',').filter((word) => !notControllers.test(word)).join(',');
    return [{ version: type === 'cgroup2' ? 2 : 1, dir: unescape(dir), options, writable }];
  });
  return [...new Map(found.toReversed().map((mount) => [`${mount.version}:${mount.options}`, mount])).values()].toReversed();
}

// The kernel writes space, tab, newline and backslash in octal.
const unescape = (path: string): string => path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
