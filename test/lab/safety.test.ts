import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, up } from '../../src/lab/index.ts';
import { answer, noLab, onNode, someLab } from './real-lab.ts';

const text = (path: string): string => readFileSync(path, 'utf8').trim();

/** A disk of this machine, as major and minor number. */
function someDisk(): { major: number; minor: number } | undefined {
  const name = readdirSync('/dev').find((entry) => /^(vd[a-z]|sd[a-z]|nvme\d+n\d+|xvd[a-z]|loop0)$/.test(entry));
  if (name === undefined) return undefined;
  const { rdev } = statSync(`/dev/${name}`);
  return { major: (rdev >> 8) & 0xfff, minor: rdev & 0xff };
}

/**
 * Each attack runs as root on a node; whatever it answers, the machine must be as before. Where a playbook would meet the same
 * operation, what the node says is part of the promise too.
 */
describe.skipIf(noLab)('a node never changes the machine', () => {
  const which = someLab('safety');
  beforeAll(async () => {
    await up({ ...which, nodes: 1 });
  });
  afterAll(async () => {
    await down(which);
    rmSync(dirname(which.dir), { recursive: true, force: true });
  });
  const attack = (script: string) => onNode(which, 'node1', script);

  const parameters = ['vm/swappiness', 'vm/max_map_count', 'kernel/panic', 'kernel/core_pattern', 'kernel/printk', 'fs/file-max', 'fs/inotify/max_user_watches', 'kernel/pid_max'];
  const real = () => parameters.map((key) => text(`/proc/sys/${key}`));

  it('kernel parameters are listed to their end, as where they are real', async () => {
    const listed = (await answer(which, 'node1', 'timeout 60 sysctl -a 2>/dev/null')).split('\n').map((line) => line.split(' = ')[0]);
    expect(listed).toContain('kernel.panic');
    expect(listed.filter((name) => name === 'kernel.panic')).toHaveLength(1);
  });

  it('kernel parameters: written, read back and kept over systemd-sysctl on the node, unchanged on the machine', async () => {
    const before = real();
    const script = 'sysctl -qw vm.swappiness=3 kernel.panic=77 fs.file-max=123456 && sysctl -n vm.swappiness kernel.panic fs.file-max';
    expect(await answer(which, 'node1', script)).toBe('3\n77\n123456');
    // A shorter value over a longer one, by the one writer that does not truncate.
    await answer(which, 'node1', 'sysctl -qw kernel.pid_max=4194304; echo kernel.pid_max=99999 > /etc/sysctl.d/99-x.conf; systemctl restart systemd-sysctl; rm /etc/sysctl.d/99-x.conf');
    expect(await answer(which, 'node1', 'cat /proc/sys/kernel/pid_max')).toBe('99999');
    expect(real()).toEqual(before);
  });

  it.each([
    ['remounted', 'mount -o remount,rw /proc/sys; mount -o remount,bind,rw /proc/sys', '/proc/sys'],
    ['uncovered', 'umount -l /proc/sys; mount -o remount,rw /proc/sys; umount -l /proc/sys', '/proc/sys'],
    ['mounted anew', 'mount -t proc proc /mnt', '/mnt/sys'],
    ['seen by a container', 'exec unshare --mount --pid --fork --mount-proc=/mnt sh', '/mnt/sys'],
  ])('kernel parameters: the real ones stay closed when /proc is %s', async (_, first, at) => {
    const before = real();
    await attack(`${first} <<'END'\n${parameters.map((key) => `echo 12 > ${at}/${key}`).join('\n')}\nEND\n${parameters.map((key) => `echo 12 > ${at}/${key}`).join('\n')}\nkill -9 0`);
    expect(real()).toEqual(before);
  });

  it("kernel parameters of the node's own namespaces are real", async () => {
    const before = [text('/proc/sys/kernel/hostname'), text('/proc/sys/kernel/shmmni'), text('/proc/sys/net/ipv4/ip_forward')];
    expect(await answer(which, 'node1', 'sysctl -qw kernel.hostname=renamed kernel.shmmni=777 net.ipv4.ip_forward=1; hostname; ipcs -l | grep -c 777; hostname node1')).toBe('renamed\n1');
    expect([text('/proc/sys/kernel/hostname'), text('/proc/sys/kernel/shmmni'), text('/proc/sys/net/ipv4/ip_forward')]).toEqual(before);
  });

  it('interrupts: affinity is written and read back on the node, unchanged on the machine', async () => {
    const irqs = readdirSync('/proc/irq').filter((name) => /^\d+$/.test(name));
    const real = () => irqs.map((irq) => text(`/proc/irq/${irq}/smp_affinity`));
    const before = real();
    const [irq] = irqs;
    expect(await answer(which, 'node1', `for f in /proc/irq/*/smp_affinity; do echo 2 > $f; done; cat /proc/irq/${irq}/smp_affinity`)).toBe('2');
    expect(real()).toEqual(before);
  });

  it('modules: what the kernel has is there, what it has not is not found, and nothing is ever loaded', async () => {
    const loaded = () => readdirSync('/sys/module').toSorted();
    const before = loaded();
    expect((await attack('modprobe overlay')).code).toBe(0);
    expect(await attack('modprobe no_such_module')).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('not found') });
    expect((await attack('printf "\\177ELF" > /tmp/x.ko; insmod /tmp/x.ko')).code).not.toBe(0);
    const byCall = await attack(`perl -e 'my ($x, $none) = ("x" x 100, ""); my $n = -e "/lib64/ld-linux-x86-64.so.2" ? 175 : 105; syscall($n, $x, 100, $none) == -1 and print $!+0'`);
    expect(byCall.stdout).toBe('1'); // EPERM, whatever the module is
    expect(loaded()).toEqual(before);
  });

  it('the clock cannot be set', async () => {
    for (const script of ['date -s 2001-01-01', 'timedatectl set-time "2001-01-01 00:00:00"']) expect((await attack(script)).code).not.toBe(0);
    expect(new Date().getFullYear()).toBeGreaterThan(2020);
  });

  it('disks: a device node can be made, not opened, not mounted', async () => {
    const { major, minor } = someDisk() ?? { major: 8, minor: 0 };
    const made = await attack(`mknod /tmp/disk b ${major} ${minor} && echo made; head -c1 /tmp/disk; echo x > /tmp/disk; mount /tmp/disk /mnt`);
    expect(made.stdout).toBe('made\n');
    expect(made.stderr.match(/Operation not permitted|permission denied/gi)).toHaveLength(3);
    expect((await attack('mount -t devtmpfs none /mnt && head -c1 /mnt/mem')).stdout).toBe('');
    expect((await attack('mknod /tmp/mem c 1 1; head -c1 /tmp/mem')).stderr).toContain('Operation not permitted');
  });

  it('swap: the node has none, and neither takes nor gives any', async () => {
    const before = text('/proc/swaps');
    expect(await answer(which, 'node1', 'swapoff -a; wc -l < /proc/swaps')).toBe('1');
    const { code } = await attack('truncate -s 8M /var/lib/etcd/swap; dd if=/dev/zero of=/var/lib/etcd/swap bs=1M count=8 2>/dev/null; chmod 600 /var/lib/etcd/swap; mkswap -q /var/lib/etcd/swap; swapon /var/lib/etcd/swap');
    expect(code).not.toBe(0);
    expect(text('/proc/swaps')).toBe(before);
  });

  it("the kernel's log: a node neither reads nor clears nor writes the machine's", async () => {
    const { stdout } = await attack('echo plinth-was-here > /dev/kmsg; dmesg; cat /dev/kmsg; head -c1 /proc/kmsg');
    expect(stdout).toBe('');
    expect((await attack('dmesg --clear')).code).not.toBe(0);
  });

  it('memory settings: /sys takes no write, or one to a copy, also when remounted', async () => {
    const paths = ['/sys/kernel/mm/transparent_hugepage/enabled', '/sys/module/printk/parameters/time'].filter((path) => readdirSync(dirname(path)).length > 0);
    const before = paths.map(text);
    await attack(`mount -o remount,rw /sys; for f in ${paths.join(' ')}; do echo never > $f; echo 0 > $f; done`);
    expect(paths.map(text)).toEqual(before);
    expect((await attack('echo mem > /sys/power/state; echo b > /proc/sysrq-trigger')).code).not.toBe(0);
  });

  it('other processes: the machine has none that a node could see or end', async () => {
    const pids = Number(await answer(which, 'node1', 'ls -d /proc/[0-9]* | wc -l'));
    expect(pids).toBeLessThan(60);
    await attack(`kill -9 ${process.pid}; kill -9 ${process.ppid}`);
    expect(() => process.kill(process.ppid, 0)).not.toThrow();
  });

  it('files: handles do not open what mounts hide', async () => {
    const call = `perl -e 'my $h = pack("I i Q", 8, 1, 2); my $n = -e "/lib64/ld-linux-x86-64.so.2" ? 304 : 265; open my $d, "<", "/var/lib/etcd"; syscall($n, fileno $d, $h, 0) == -1 and print $!+0'`;
    expect((await attack(call)).stdout).toBe('1');
  });

  it('reboot and poweroff are of the node alone: the machine is still here to say so', async () => {
    const bootId = text('/proc/sys/kernel/random/boot_id');
    await attack('reboot -ff || echo b > /proc/sysrq-trigger');
    await expect.poll(() => onNode(which, 'node1', 'true').then(({ code }) => code), { timeout: 60_000, interval: 200 }).toBe(0);
    expect(text('/proc/sys/kernel/random/boot_id')).toBe(bootId);
  });
});
