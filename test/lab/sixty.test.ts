import { describe, expect, it } from 'vitest';
import { endOf, type Ran } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('sixty');
const sixty = (verb: 'plan' | 'apply'): Promise<Ran> => nodes.plinth(verb, nodes.playbook('sixty.ts'), '-i', nodes.inventory, '--output', 'jsonl');

/** How many round trips each play cost each host, by the events that tell of them. */
const tripsOf = ({ events }: Ran): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const event of events) if (event.type === 'batch') counts[`${event.play} ${event.host}`] = (counts[`${event.play} ${event.host}`] ?? 0) + 1;
  return counts;
};
const oncePerPlayAndHost = { 'Forty-five node1': 1, 'Forty-five node2': 1, 'Forty-five node3': 1, 'Fifteen node2': 1, 'Fifteen node3': 1 };

describe('sixty tasks on three nodes', () => {
  let planned: Ran;
  it('are planned in one round trip per play and host, though all of them differ', async () => {
    planned = await sixty('plan');
    expect(endOf(planned)).toMatchObject({ ok: true, failed: 0 });
    expect(tripsOf(planned)).toEqual(oncePerPlayAndHost);
  });

  it('are done, a round trip at most for each that differed at first', async () => {
    const applied = await sixty('apply');
    expect(endOf(applied)).toMatchObject({ ok: true, errors: [], changed: 3 * 35 + 2 * 12, unchanged: 3 * 10 + 2 * 3 });
    for (const [host, plays] of [['node1', 1], ['node2', 2], ['node3', 2]] as const) {
      const differed = planned.events.filter((event) => event.type === 'taskResult' && event.host === host && event.status !== 'ok').length;
      expect(endOf(applied).trips[host]).toBeLessThanOrEqual(differed + plays);
    }
  });

  it('cost one round trip per play and host when nothing differs', async () => {
    const again = await sixty('apply');
    expect(endOf(again)).toMatchObject({ ok: true, changed: 0, unchanged: 45 + 60 + 60, failed: 0, skipped: 0, trips: { node1: 1, node2: 2, node3: 2 } });
    expect(tripsOf(again)).toEqual(oncePerPlayAndHost);
    expect(again.code).toBe(0);
  });
});
