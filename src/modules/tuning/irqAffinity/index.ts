import { z } from 'zod';
import { type Change, change, defineModule, type Interrupts, read, refuse, type Script, sh } from '../../../contract/index.ts';
import { cpuList } from '../../args/cpuList.ts';
import { nicName } from '../../args/nicName.ts';
import { type AtBoot, observeAtBoot, planNotAtBoot, planScript, planUnit, rememberedIn } from '../atBoot.ts';
import { maskOf, sameMask } from '../cpus.ts';
import { masksBody, pinningBody } from './body.ts';
import { chosenCpus, cpuFor, queueCount, queueOf, sendersOf } from './policy.ts';

/**
 * Which CPUs work on the packets of a network card. A card with several queues gets its interrupts pinned; one with a single
 * queue has nothing to spread, so the kernel is told to hand its packets on (RPS). Set channels first (`nic`): interrupts change with them.
 */
export const irqAffinity = defineModule({
  name: 'irqAffinity',
  summary: 'The interrupts of a network card pinned to CPUs, or its packets spread where it has a single queue.',

  args: z
    .strictObject({
      nic: nicName().describe('The network card.'),
      policy: z.enum(['spread', 'oneToOne', 'numaLocal', 'cpus']).default('spread').describe('`spread`: queues take turns over all CPUs. `oneToOne`: the same, refused where there are more queues than CPUs. `numaLocal`: over the CPUs near the card. `cpus`: over a list.'),
      cpus: cpuList().optional().describe('The list for `policy: cpus`.'),
      leave: z.array(z.string().regex(/^[\w.:@-]+$/, 'must be the number or name of an interrupt')).default([]).describe('Interrupts that are left as they are, by number or by name as in /proc/interrupts.'),
      rps: z.enum(['auto', 'on', 'off']).default('auto').describe('Hands received packets on to other CPUs. `auto`: only where the card has a single queue.'),
      irqbalance: z.enum(['refuse', 'accept']).default('refuse').describe('What to make of a running irqbalance, which moves interrupts back. `accept` where it was told to leave these alone.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back how it was before.'),
    })
    .refine(({ policy, cpus }) => (policy === 'cpus') === (cpus !== undefined), { path: ['cpus'], message: 'is given with `policy: cpus`, and only then' }),

  observe: ({ nic }) => ({ found: read.interrupts(nic), irqbalance: read.unit('irqbalance.service'), ...observeAtBoot(`irq-${nic}`) }),

  *plan({ nic, leave, rps, state, ...args }, { found, irqbalance, ...boot }) {
    const before = rememberedIn(boot.script);
    const name = `irq-${nic}`;
    if (state === 'absent') {
      yield* planNotAtBoot(name, boot);
      if (found) yield* restored(nic, found, before);
      return;
    }
    if (!found) {
      yield refuse(`there is no network card ${nic}`, `no /sys/class/net/${nic}`, { hint: 'See `plinth facts --output json` for the names of the cards.', final: true });
      return;
    }
    const cpus = chosenCpus(args, found);
    if (!cpus) {
      yield refuse(`not all of the CPUs ${args.cpus} run`, `the node runs ${found.online}`, { final: true });
      return;
    }
    const queues = queueCount(found, nic);
    const rxQueues = found.queues.filter(({ name: queue }) => queue.startsWith('rx'));
    if (args.policy === 'oneToOne' && queues > cpus.length) {
      yield refuse(`${nic} has ${queues} queues and the node ${cpus.length} CPUs`, found.irqs.map(({ irq, name: is }) => `${irq} ${is}`).join('\n'), { hint: `Give it fewer channels (\`nic\` with \`channels: { combined: ${cpus.length} }\`) in an earlier task, or say \`policy: 'spread'\`.` });
      return;
    }
    const pinned = found.irqs.filter(({ irq, name: is, movable }) => movable && !leave.includes(String(irq)) && !leave.includes(is));
    const isSingle = rxQueues.length <= 1;
    const wanted = new Map(pinned.map(({ irq, name: is }) => [irq, String(cpuFor(queueOf(is, nic), cpus))]));
    const usesRps = rps === 'on' || (rps === 'auto' && isSingle && cpus.length > 1);
    const rx = usesRps ? rxQueues.flatMap(({ name: queue, mask }) => (mask === undefined ? [] : [{ queue, mask: maskOf(cpus) }])) : [];
    const tx = found.queues.filter(({ name: queue, mask }) => queue.startsWith('tx') && mask !== undefined);
    const masks = [...rx, ...(tx.length > 1 ? tx.map(({ name: queue }, i) => ({ queue, mask: maskOf(sendersOf(i, tx.length, cpus)) })) : [])];

    const remembered = { ...Object.fromEntries([...pinned.map(({ name: is, cpus: now }) => [`irq ${is}`, now]), ...masks.map(({ queue }) => [queue, maskAt(found, queue) ?? '0'])]), ...before };
    const unit: AtBoot = {
      name,
      description: `interrupts and queues of ${nic} on their CPUs`,
      after: ['network-online.target', 'irqbalance.service', 'tuned.service'],
      // Started again with irqbalance, since that moves what it may move.
      partOf: args.irqbalance === 'accept' ? ['irqbalance.service'] : [],
      before: remembered,
      body: (pinned.length > 0 ? pinningBody(nic, cpus, leave) : '') + masksBody(nic, masks),
    };
    const pins = pinned.flatMap(({ irq, name: is, cpus: now }) => {
      const to = wanted.get(irq) ?? '';
      return now === to ? [] : [change(`interrupt ${irq} (${is})`, `CPU ${now}`, `CPU ${to}`, pin(irq, is, to))];
    });
    const changes = [...(unit.body === '' ? [] : planScript(unit, boot)), ...pins, ...masked(nic, found, masks), ...(unit.body === '' ? planNotAtBoot(name, boot) : planUnit(unit, boot))];
    if (pinned.length > 0 && irqbalance?.active === 'active' && args.irqbalance === 'refuse') {
      return yield refuse('irqbalance runs, and would move the interrupts again', 'irqbalance.service is active', {
        hint: "Stop it by the module irqbalance in an earlier task; or have it leave these interrupts alone and say `irqbalance: 'accept'`.",
        unless: { brought: ['irqbalance stopped'], changes },
      });
    }
    yield* changes;
  },

  output: ({ nic }, { found }) => ({
    nic,
    irqs: Object.fromEntries((found?.irqs ?? []).map(({ irq, cpus }) => [irq, cpus])),
    /** Those that the kernel keeps to itself. */
    managed: (found?.irqs ?? []).filter(({ movable }) => !movable).map(({ irq }) => irq),
    singleQueue: (found?.queues ?? []).filter(({ name }) => name.startsWith('rx')).length <= 1,
  }),
});

const maskAt = (found: Interrupts, queue: string): string | undefined => found.queues.find(({ name }) => name === queue)?.mask;
const fileOf = (nic: string, queue: string): string => `/sys/class/net/${nic}/queues/${queue}/${queue.startsWith('rx') ? 'rps_cpus' : 'xps_cpus'}`;

/** Managed interrupts refuse with EIO: on kernels before 6.11 nothing tells them before. They are noted, so that they read as such. */
const pin = (irq: number, name: string, cpus: string): Script => sh`if ! echo ${cpus} 2>/dev/null >${`/proc/irq/${irq}/smp_affinity_list`}; then
  printf '%s\n' ${`interrupt ${irq} (${name}) is managed by the kernel and stays where it is`} >&2
  mkdir -p /run/plinth/managed-irqs
  : >${`/run/plinth/managed-irqs/${irq}`}
fi`;

function* masked(nic: string, found: Interrupts, masks: readonly { readonly queue: string; readonly mask: string }[]): Iterable<Change> {
  for (const { queue, mask } of masks) {
    const now = maskAt(found, queue);
    if (now !== undefined && !sameMask(now, mask)) yield change(`${queue} of ${nic}`, `CPU mask ${now}`, `CPU mask ${mask}`, sh`echo ${mask} >${fileOf(nic, queue)}`);
  }
}

/** By the names of interrupts: their numbers may have changed since. */
function* restored(nic: string, found: Interrupts, before: Readonly<Record<string, string>>): Iterable<Change> {
  for (const { irq, name, cpus, movable } of found.irqs) {
    const was = before[`irq ${name}`];
    if (movable && was !== undefined && was !== cpus) yield change(`interrupt ${irq} (${name})`, `CPU ${cpus}`, `CPU ${was}`, pin(irq, name, was));
  }
  yield* masked(nic, found, found.queues.flatMap(({ name: queue }) => (before[queue] === undefined ? [] : [{ queue, mask: before[queue] }])));
}
