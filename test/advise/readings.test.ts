import { describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { pinningBody } from '../../src/modules/tuning/irqAffinity/body.ts';
import { cpuFor, queueOf, sendersOf } from '../../src/modules/tuning/irqAffinity/policy.ts';
import { cpusOf, maskOf, sameMask } from '../../src/modules/tuning/cpus.ts';
import { onFakeCard } from './fake-sys.ts';

const shells = ['dash', 'busybox sh', 'bash --posix'];

/** Names of interrupts as drivers give them. */
const cards = [
  { name: 'eth0', irqs: ['virtio0-config', 'virtio0-input.0', 'virtio0-output.0', 'virtio0-input.1', 'virtio0-output.1'] },
  { name: 'eno1', irqs: ['eno1'] },
  { name: 'enp2s0', irqs: ['enp2s0', 'enp2s0-TxRx-0', 'enp2s0-TxRx-1', 'enp2s0-TxRx-2', 'enp2s0-TxRx-3'] },
  { name: 'eth1', irqs: ['mlx5_async0@pci:0000:01:00.0', 'mlx5_comp0@pci:0000:01:00.0', 'mlx5_comp1@pci:0000:01:00.0', 'mlx5_comp08@pci:0000:01:00.0', 'mlx5_comp10@pci:0000:01:00.0'] },
  { name: 'ens3', irqs: ['i40e-0000:01:00.0:misc', 'i40e-ens3-TxRx-0', 'i40e-ens3-TxRx-9'] },
].map(({ name, irqs }) => ({ name, irqs: irqs.map((of, i) => ({ irq: 40 + i, name: of, cpus: '0-3' })), rx: 2, tx: 2, online: '0-3' }));

// A mount namespace is root's to make.
describe.runIf(process.getuid?.() === 0).each(shells)('in %s', (shell) => {
  it.each(cards)('what is done at boot is what the module would do: $name', async (card) => {
    const cpus = [0, 2, 3];
    const said = onFakeCard(card, `( ${pinningBody(card.name, cpus, [])} )\nfor f in /proc/irq/*/smp_affinity_list; do read -r v <"$f"; printf '%s ' "$v"; done`, shell);
    expect(said.trim()).toBe(card.irqs.map(({ name }) => cpuFor(queueOf(name, card.name), cpus)).join(' '));
  });

  it('interrupts and queues of a card are read, with those that cannot be moved', async () => {
    const reading = read.interrupts('eth0');
    const text = onFakeCard({ name: 'eth0', irqs: [{ irq: 45, name: 'eth0-TxRx-0', cpus: '0-3' }, { irq: 46, name: 'eth0-TxRx-1', cpus: '1', mode: '0444' }, { irq: 47, name: 'eth0-TxRx-2', cpus: '2' }], rx: 3, tx: 1, online: '0-3' }, `mkdir -p /run/plinth/managed-irqs; : >/run/plinth/managed-irqs/47\n( ${await reading.kind.script(['eth0']).text()}\n)`, shell);
    expect(reading.kind.parse(text, 'eth0')).toEqual({
      online: '0-3',
      local: '0-3',
      irqs: [
        { irq: 45, name: 'eth0-TxRx-0', cpus: '0-3', movable: true },
        { irq: 46, name: 'eth0-TxRx-1', cpus: '1', movable: false },
        { irq: 47, name: 'eth0-TxRx-2', cpus: '2', movable: false },
      ],
      queues: [
        { name: 'rx-0', mask: '00000000' },
        { name: 'rx-1', mask: '00000000' },
        { name: 'rx-2', mask: '00000000' },
        { name: 'tx-0', mask: '0' },
      ],
    });
  });

  it('interrupts of the device above belong to a virtio card, and to no other', async () => {
    const reading = read.interrupts('eth0');
    const irqs = [{ irq: 28, name: 'virtio0-input.0', cpus: '0' }];
    const found = async (msi: 'above' | 'above a virtio device') => reading.kind.parse(onFakeCard({ name: 'eth0', irqs, rx: 1, tx: 1, online: '0-1', msi }, `( ${await reading.kind.script(['eth0']).text()}\n)`, shell), 'eth0')?.irqs.map(({ irq }) => irq);
    expect(await found('above a virtio device')).toEqual([28]);
    expect(await found('above')).toEqual([]);
  });

  it('the one interrupt of a board without MSI is found by its name, and no other', async () => {
    const reading = read.interrupts('eth0');
    const text = onFakeCard({ name: 'eth0', irqs: [{ irq: 106, name: 'eth0', cpus: '0-3' }, { irq: 107, name: 'eth01', cpus: '0' }], rx: 1, tx: 1, online: '0-3', msi: false }, `( ${await reading.kind.script(['eth0']).text()}\n)`, shell);
    expect(reading.kind.parse(text, 'eth0')?.irqs).toEqual([{ irq: 106, name: 'eth0', cpus: '0-3', movable: true }]);
  });
});

it.runIf(process.getuid?.() === 0)('an interrupt that is to be left alone is left alone, by number or name', () => {
  const [card] = cards;
  if (!card) throw new Error('no card');
  const said = onFakeCard(card, `( ${pinningBody(card.name, [1], ['41', 'virtio0-output.1'])} )\nfor f in /proc/irq/*/smp_affinity_list; do read -r v <"$f"; printf '%s ' "$v"; done`);
  expect(said.trim()).toBe('1 0-3 1 1 0-3');
});

describe('lists and masks of CPUs', () => {
  it.each([
    ['0-3,8', [0, 1, 2, 3, 8]],
    ['5', [5]],
    ['', []],
  ])('%s is read', (list, numbers) => expect(cpusOf(list)).toEqual(numbers));

  it.each([
    [[0, 1, 2, 3], 'f'],
    [[0, 33], '2,00000001'],
    [[64], '1,00000000,00000000'],
    [Array.from({ length: 32 }, (_, i) => i), 'ffffffff'],
  ])('%j is written as the kernel does', (cpus, mask) => expect(maskOf(cpus)).toBe(mask));

  it('leading zeros and commas make no difference', () => {
    expect(sameMask('00000000,0000000f', 'f')).toBe(true);
    expect(sameMask('00', '0')).toBe(true);
    expect(sameMask('1,00000000', '1')).toBe(false);
  });

  it('every CPU sends by exactly one queue', () => {
    for (const queues of [1, 2, 3, 8]) {
      const cpus = [0, 1, 2, 3];
      const all = Array.from({ length: queues }, (_, queue) => sendersOf(queue, queues, cpus));
      expect(all.every((senders) => senders.length > 0)).toBe(true);
      if (queues <= cpus.length) expect(all.flat().toSorted()).toEqual(cpus);
    }
  });
});

it('what ethtool says is understood', () => {
  const reading = read.ethtool('eth0');
  expect(
    reading.kind.parse(
      `#channels
Channel parameters for eth0:
Pre-set maximums:
RX:		n/a
TX:		n/a
Other:		1
Combined:	8
Current hardware settings:
RX:		n/a
TX:		n/a
Other:		1
Combined:	4
#rings
Ring parameters for eth0:
Pre-set maximums:
RX:			4096
RX Mini:		0
TX:			4096
Current hardware settings:
RX:			256
RX Mini:		0
TX:			256
RX Buf Len:		n/a
#features
Features for eth0:
rx-checksumming: on
	tx-checksum-ipv4: off [fixed]
generic-receive-offload: on
large-receive-offload: off [requested on]
#coalescing
Coalesce parameters for eth0:
Adaptive RX: off  TX: n/a
stats-block-usecs:	n/a
rx-usecs:	3
`,
      'eth0',
    ),
  ).toEqual({
    channels: { max: { other: 1, combined: 8 }, now: { other: 1, combined: 4 } },
    rings: { max: { rx: 4096, 'rx-mini': 0, tx: 4096 }, now: { rx: 256, 'rx-mini': 0, tx: 256 } },
    features: { 'rx-checksumming': { on: true, fixed: false }, 'tx-checksum-ipv4': { on: false, fixed: true }, 'generic-receive-offload': { on: true, fixed: false }, 'large-receive-offload': { on: false, fixed: false } },
    coalescing: { 'adaptive-rx': 'off', 'rx-usecs': '3' },
  });
  expect(reading.kind.parse('#channels\n\n#rings\n\n#features\n\n#coalescing\n', 'eth0')).toEqual({ channels: undefined, rings: undefined, features: {}, coalescing: {} });
});
