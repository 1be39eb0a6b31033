import { z } from 'zod';

const nic = z.object({
  name: z.string(),
  /** The kernel driver, as `ethtool -i` calls it; null where no hardware (or virtual hardware) is behind it. */
  driver: z.string().nullable(),
  /** `ethernet` for hardware, else what the kernel calls it: `bridge`, `bond`, `vlan`, `vxlan`, `wlan`, ...; `virtual` where it does not say. */
  type: z.string(),
  mac: z.string(),
  mtu: z.int(),
  up: z.boolean(),
  /** In Mbit/s; null where the driver does not tell or the link is down. */
  speed: z.int().nullable(),
  /** The bridge or bond it belongs to. */
  master: z.string().nullable(),
  rxQueues: z.int(),
  txQueues: z.int(),
  irqs: z.array(z.int()),
  /** With prefix length, `10.0.0.11/24`; link-local ones are left out. */
  addresses: z.array(z.string()),
});

/** What every connection learns of a node at once, typed. Units are in the names. */
export const factsSchema = z.object({
  hostname: z.string(),
  /** Of /etc/machine-id; empty where there is none. Two nodes with the same one are clones. */
  machineId: z.string(),
  /** Vendor and product, or the board: `Raspberry Pi 5 Model B Rev 1.0`. Empty where unknown. */
  hardware: z.string(),
  os: z.object({ id: z.string(), like: z.array(z.string()), version: z.string(), codename: z.string(), pretty: z.string() }),
  kernel: z.object({
    release: z.string(),
    version: z.tuple([z.int(), z.int(), z.int()]),
    /** The file that holds its build configuration, null where none is. Its keys are read by `read.kernelConfig`. */
    config: z.string().nullable(),
    cmdline: z.string(),
  }),
  arch: z.string(),
  cpus: z.object({ count: z.int(), model: z.string() }),
  memoryMiB: z.int(),
  swapMiB: z.int(),
  /** Without the loopback and without the host's ends of pods' and containers' links. */
  nics: z.array(nic),
  /** The IPv4 one of the lowest metric; the IPv6 one where there is no other. */
  defaultRoute: z.object({ gateway: z.string(), nic: z.string() }).nullable(),
  cgroup: z.enum(['v1', 'hybrid', 'v2']),
  /** `systemd`, or the name of process 1. */
  init: z.string(),
  packageManager: z.enum(['apt', 'dnf', 'none']),
  /** As systemd-detect-virt says it: `none`, `kvm`, `lxc`, `docker`, ... */
  virtualization: z.string(),
  /** Its own kernel clock and kernel parameters are not a container's to set. */
  container: z.boolean(),
  bootId: z.string(),
  /** A newer kernel or a library in use waits for it. */
  rebootPending: z.boolean(),
  /** The node's clock, ms since 1970, and what the controller's said when the answer came. */
  clockMs: z.number(),
  clockSkewMs: z.number(),
  /** The daemon that keeps the clock: `chrony`, `systemd-timesyncd`, `ntpd`; null where none runs. */
  timeSync: z.string().nullable(),
});
export type Facts = z.output<typeof factsSchema>;
