import type { Interrupts } from '../../../contract/index.ts';
import { cpusOf } from '../cpus.ts';

/** Which CPUs take the interrupts of a card. */
export interface Choice {
  readonly policy: 'spread' | 'oneToOne' | 'numaLocal' | 'cpus';
  readonly cpus?: string | undefined;
}

/** The CPUs that take turns; undefined where a list names one that does not run. */
export function chosenCpus({ policy, cpus }: Choice, { online, local }: Interrupts): number[] | undefined {
  const running = cpusOf(online);
  if (policy === 'cpus') {
    const chosen = cpusOf(cpus ?? '');
    return chosen.every((cpu) => running.includes(cpu)) ? chosen : undefined;
  }
  if (policy !== 'numaLocal') return running;
  const near = cpusOf(local).filter((cpu) => running.includes(cpu));
  return near.length > 0 ? near : running;
}

/**
 * The queue that an interrupt serves: the number at the end of its name, what stands behind @ left out. Interrupts of the
 * card itself (`virtio0-config`, `i40e-0000:01:00.0:misc`) have none. Both directions of a queue share a CPU and its cache.
 */
export function queueOf(name: string, nic: string): number | undefined {
  const bare = name.replace(/@.*$/, '');
  if (bare === nic) return undefined;
  const [, digits] = /(\d+)$/.exec(bare) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** How many CPUs a one-to-one assignment needs. */
export const queueCount = ({ irqs }: Interrupts, nic: string): number => new Set(irqs.map(({ name }) => queueOf(name, nic)).filter((queue) => queue !== undefined)).size;

/** The CPU of an interrupt or queue: they take turns. */
export const cpuFor = (queue: number | undefined, cpus: readonly number[]): number => cpus[(queue ?? 0) % cpus.length] ?? 0;

/** The CPUs that send by a queue: each CPU has one, and a queue for which none is left takes its turn. */
export function sendersOf(queue: number, queues: number, cpus: readonly number[]): number[] {
  const own = cpus.filter((_, i) => i % queues === queue);
  return own.length > 0 ? own : [cpuFor(queue, cpus)];
}
