import { cardsBehind, mainNic, playbook } from 'plinth';
import { bbr, cpuGovernor, irqAffinity, irqbalance, mtu, nic, preemption, tuned } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';

/**
 * Takes back what tune.ts did, in the opposite order. What was there before is remembered on the node itself, so it comes back
 * as it was, whatever the inventory says now. Packages stay.
 */
export default playbook(fleet, ({ play, groups }) => {
  play('Untune nodes', groups.all, { facts: true }, ({ task, vars: { tuning }, facts }) => {
    const link = tuning.nic === undefined ? mainNic(facts) : facts.nics.find(({ name }) => name === tuning.nic);
    const cards = link ? cardsBehind(link, facts.nics).map(({ name }) => name) : [];
    const owned = !facts.container;

    if (link) task(`MTU of ${link.name}`, mtu, { nic: link.name, state: 'absent' });
    if (owned) task('preemption', preemption, { state: 'absent' });
    task('congestion control of the node', bbr, { state: 'absent' });
    for (const card of cards) task(`interrupts of ${card}`, irqAffinity, { nic: card, state: 'absent' });
    if (owned) for (const card of cards) task(`queues and rings of ${card}`, nic, { nic: card, state: 'absent' });
    task('irqbalance', irqbalance, { state: 'absent' });
    task('CPU governor', cpuGovernor, { state: 'absent' });
    task('profile of tuned', tuned, { profile: 'plinth-latency', state: 'absent' });
  });
});
