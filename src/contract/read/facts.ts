import { z } from 'zod';

/** What every connection learns of a node at once, typed. Units are in the names. */
export const factsSchema = z.object({
  hostname: z.string(),
  os: z.object({ id: z.string(), like: z.array(z.string()), version: z.string(), codename: z.string(), pretty: z.string() }),
  kernel: z.object({ release: z.string(), version: z.tuple([z.int(), z.int(), z.int()]), config: z.string().nullable(), cmdline: z.string() }),
  arch: z.string(),
  cpus: z.object({ count: z.int(), model: z.string() }),
  memoryMiB: z.int(),
  swapMiB: z.int(),
  nics: z.array(z.object({ name: z.string(), driver: z.string().nullable(), mac: z.string(), mtu: z.int(), up: z.boolean(), rxQueues: z.int(), txQueues: z.int(), irqs: z.array(z.int()), addresses: z.array(z.string()) })),
  defaultRoute: z.object({ gateway: z.string(), nic: z.string() }).nullable(),
  cgroup: z.enum(['v1', 'hybrid', 'v2']),
  init: z.string(),
  packageManager: z.enum(['apt', 'dnf', 'none']),
  virtualization: z.string(),
  bootId: z.string(),
  /** The node's clock, ms since 1970, and what the controller's said when the answer came. */
  clockMs: z.number(),
  clockSkewMs: z.number(),
  timeSync: z.string().nullable(),
});
export type Facts = z.output<typeof factsSchema>;
