import { z } from 'zod';

/** A topology file: which machines Vagrant makes, and which group each is in. */
export const topologySchema = z.strictObject({
  defaults: z.strictObject({ box: z.string(), cpus: z.int().positive(), memory: z.int().positive() }).partial().optional(),
  nodes: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.strictObject({ address: z.ipv4(), group: z.string(), box: z.string().optional(), cpus: z.int().positive().optional(), memory: z.int().positive().optional() })),
});
export type Topology = z.output<typeof topologySchema>;

/** An inventory over the machines of a topology, reached as `vagrant ssh-config` says. */
export function vagrantInventory(topology: Topology, sshConfig: string): object {
  const groups: Record<string, { hosts: Record<string, object> }> = {};
  for (const [name, { group }] of Object.entries(topology.nodes)) {
    const members = (groups[group] ??= { hosts: {} });
    members.hosts[name] = {};
  }
  return { ssh: { config: sshConfig }, groups };
}
