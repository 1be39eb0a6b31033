import { spawnSync } from 'node:child_process';
import { quote } from '../../src/contract/index.ts';

/** An interrupt of a made-up card; `managed` ones refuse to be moved. */
export interface FakeIrq {
  readonly irq: number;
  readonly name: string;
  readonly cpus: string;
  readonly mode?: string;
}

/**
 * Runs a script in a mount namespace of its own in which /proc/interrupts, /proc/irq, /sys/class/net and the list of CPUs are
 * made up. Nothing outside is touched.
 */
export function onFakeCard(nic: { readonly name: string; readonly irqs: readonly FakeIrq[]; readonly rx: number; readonly tx: number; readonly online: string; readonly msi?: boolean | 'above' | 'above a virtio device' }, script: string, shell = 'sh'): string {
  const lines = nic.irqs.map(({ irq, name }) => ` ${irq}:       1234          0   PCI-MSI-0000:01:00.0    ${irq}-edge      ${name}`);
  // Through the link that `device` really is, `device/..` would be the device above; here it is the card's own folder.
  const msi = typeof nic.msi === 'string' ? 'msi_irqs' : 'device/msi_irqs';
  const setup = `set -eu
mount -t tmpfs none /mnt
mkdir -p /mnt/irq /mnt/cpu /mnt/net/${nic.name}/device /mnt/net/${nic.name}/queues /mnt/run
printf '%s\\n' ${quote(`            CPU0       CPU1\n  1:          0          9   IO-APIC    1-edge      i8042\n${lines.join('\n')}`)} >/mnt/interrupts
echo ${nic.online} >/mnt/cpu/online
echo ${nic.online} >/mnt/net/${nic.name}/device/local_cpulist
${nic.irqs.map(({ irq, cpus, mode = '0644' }) => `mkdir /mnt/irq/${irq}; echo ${cpus} >/mnt/irq/${irq}/smp_affinity_list; chmod ${mode} /mnt/irq/${irq}/smp_affinity_list\n`).join('')}
${nic.msi === false ? '' : `mkdir /mnt/net/${nic.name}/${msi}\n${nic.irqs.map(({ irq }) => `: >/mnt/net/${nic.name}/${msi}/${irq}\n`).join('')}`}
${nic.msi === 'above a virtio device' ? `: >/mnt/net/${nic.name}/device/features` : ''}
${Array.from({ length: nic.rx }, (_, i) => `mkdir /mnt/net/${nic.name}/queues/rx-${i}; echo 00000000 >/mnt/net/${nic.name}/queues/rx-${i}/rps_cpus\n`).join('')}
${Array.from({ length: nic.tx }, (_, i) => `mkdir /mnt/net/${nic.name}/queues/tx-${i}; echo 0 >/mnt/net/${nic.name}/queues/tx-${i}/xps_cpus\n`).join('')}
mount --bind /mnt/interrupts /proc/interrupts
mount --bind /mnt/irq /proc/irq
mount --bind /mnt/net /sys/class/net
mount --bind /mnt/cpu /sys/devices/system/cpu
mount --bind /mnt/run /run
put() { printf '%s' "$2"; }
`;
  const [program = 'sh', ...flags] = shell.split(' ');
  const { status, stdout, stderr } = spawnSync('unshare', ['--mount', '--propagation', 'private', program, ...flags, '-c', `${setup}${script}`], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } });
  if (status !== 0) throw new Error(`ended with ${String(status)}: ${stderr}`);
  return stdout;
}
