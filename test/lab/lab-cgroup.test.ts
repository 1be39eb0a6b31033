import { describe, expect, it } from 'vitest';
import { parseMountinfo } from '../../src/lab/cgroup/parse-mountinfo.ts';
import { place } from '../../src/lab/cgroup/place.ts';

const pureV2 = `22 28 0:21 / /proc rw,nosuid - proc proc rw
30 24 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
`;
const hybrid = `31 23 0:28 / /sys/fs/cgroup ro,nosuid shared:8 - tmpfs tmpfs ro,size=4096k
32 31 0:29 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate
33 31 0:30 / /sys/fs/cgroup/systemd rw,nosuid shared:10 - cgroup cgroup rw,xattr,name=systemd
34 31 0:31 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:11 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,nosuid shared:12 - cgroup cgroup rw,memory
36 31 0:33 / /sys/fs/cgroup/cpuset rw,nosuid shared:13 - cgroup cgroup rw,cpuset,clone_children
`;
// A v2 machine on which something mounted a named v1 hierarchy, as systemd-nspawn or elogind may.
const v2WithName = `${pureV2}40 30 0:40 / /run/elogind/cgroup rw - cgroup cgroup rw,xattr,name=elogind\n`;
const readOnly = '30 24 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n';
// Inside a container without a cgroup namespace: what is mounted is the container's own part of each hierarchy.
const inContainer = '30 24 0:26 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw\n41 24 0:26 /docker/abc /mnt/with\\040space rw - cgroup2 cgroup rw\n';

describe('where the cgroups of a lab go', () => {
  it('one subtree on a pure v2 machine', () => {
    expect(place(pureV2, 'lab.1')).toEqual({ mode: 'v2', dirs: [{ dir: '/sys/fs/cgroup/plinth-lab.lab.1', version: 2, options: '' }] });
  });

  it('one directory in every hierarchy of a hybrid machine, the unified one first', () => {
    const { mode, dirs } = place(hybrid, 'x');
    expect(mode).toBe('v1');
    expect(dirs.map(({ dir, options }) => [dir.replace('/plinth-lab.x', ''), options])).toEqual([
      ['/sys/fs/cgroup/unified', ''],
      ['/sys/fs/cgroup/systemd', 'name=systemd'],
      ['/sys/fs/cgroup/cpu,cpuacct', 'cpu,cpuacct'],
      ['/sys/fs/cgroup/memory', 'memory'],
      ['/sys/fs/cgroup/cpuset', 'cpuset'],
    ]);
  });

  it('a named hierarchy holds no controllers, so it does not make a machine v1', () => {
    expect(place(v2WithName, 'x').mode).toBe('v2');
  });

  it('says what to do where none can be written to', () => {
    expect(() => place(readOnly, 'x')).toThrow(/no cgroup file system can be written to[^]*mounted read-only: \/sys\/fs\/cgroup[^]*--privileged/);
    expect(() => place('', 'x')).toThrow(/none is mounted/);
  });

  it('takes the first mount of a hierarchy, and understands how the kernel writes spaces', () => {
    expect(parseMountinfo(inContainer).map(({ dir }) => dir)).toEqual(['/sys/fs/cgroup']);
    expect(parseMountinfo(inContainer.split('\n')[1] ?? '').map(({ dir }) => dir)).toEqual(['/mnt/with space']);
  });
});
