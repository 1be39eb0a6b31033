import { z } from 'zod';
import { secret } from '../../src/contract/index.ts';
import { defineFleet } from '../../src/dsl/fleet.ts';
import { defineInventory } from '../../src/inventory/index.ts';

const fleet = defineFleet({
  shared: z.strictObject({ mtu: z.int(), sysctl: z.record(z.string(), z.string()).default({}), token: secret().optional(), deep: z.strictObject({ a: z.string(), b: z.string() }).optional() }),
  groups: { controlPlane: z.strictObject({ endpoint: z.string() }), workers: z.strictObject({ maxPods: z.int() }) },
});

// Every variable is optional in one place: another layer may hold the rest, also of a nested map.
defineInventory(fleet, {
  vars: { mtu: 1500, deep: { a: 'x' } },
  ssh: { user: 'admin', port: 22 },
  groups: {
    controlPlane: { hosts: { 'cp[1:3]': { ssh: { address: '10.0.0.[1:3]' } }, cp9: null }, vars: { endpoint: 'x' } },
    workers: { hosts: ['w1'], vars: { maxPods: 5 } },
    cluster: { children: ['controlPlane', 'workers'], vars: { endpoint: 'x', maxPods: 5 }, priority: 1 },
  },
  hosts: { cp1: { vars: { endpoint: 'y' } } },
});
defineInventory(fleet, async ({ secret: of }) => ({ vars: { token: of('env:TOKEN') }, hosts: ['a'] }));

// @ts-expect-error an unknown variable
defineInventory(fleet, { vars: { mut: 1500 } });
// @ts-expect-error a wrong type
defineInventory(fleet, { vars: { mtu: '1500' } });
// @ts-expect-error a variable of another group
defineInventory(fleet, { groups: { workers: { vars: { endpoint: 'x' } } } });
// @ts-expect-error a wrong type in a group
defineInventory(fleet, { groups: { workers: { vars: { maxPods: 'five' } } } });
// @ts-expect-error an unknown key of a group
defineInventory(fleet, { groups: { workers: { hots: [] } } });
// @ts-expect-error an unknown setting of ssh
defineInventory(fleet, { ssh: { prot: 22 } });
// @ts-expect-error an address belongs to a host
defineInventory(fleet, { ssh: { address: '10.0.0.1' } });
// @ts-expect-error a plain value where a secret belongs
defineInventory(fleet, { ssh: { password: 'hunter2' } });
// @ts-expect-error a plain value where the variable is secret
defineInventory(fleet, { vars: { token: 'hunter2' } });
// @ts-expect-error an unknown top-level key
defineInventory(fleet, { group: {} });
