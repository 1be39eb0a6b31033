import { containerd, locale, sshd, timezone, unattendedUpgrades } from 'plinth/modules';
import { z } from 'zod';

/** What containers run in. A cluster spec adds its own registries and overrides to these. */
const runtime = containerd.args
  .omit({ state: true, expect: true })
  .extend({ install: z.enum(['packages', 'keep']).default('packages').describe("`packages` are the distribution's; `keep` leaves containers to somebody else, such as K3s or a bundle.") })
  .prefault({});

/** Which ports are open: those of a node's role in a cluster to the other nodes, and what is named here to everybody. */
const firewall = z.strictObject({
  backend: z.enum(['nftables', 'ufw', 'firewalld']).default('nftables').describe('What the firewall is made of.'),
  ports: z.array(z.int().min(1).max(65535)).default([]).describe('TCP ports that everybody may reach, besides those of sshd.'),
  trustedSources: z.array(z.string()).default([]).describe('Networks that may reach everything, such as that of the pods.'),
});

/** Variables of prepare.ts that nothing is done about unless they are given, and how containers run. */
export const preparation = {
  runtime: runtime.describe('The container runtime.'),
  timezone: timezone.args.shape.name.removeDefault().optional().describe('The time zone, such as UTC. Left out: as found.'),
  locale: locale.args.optional().describe('The language of the system. Left out: as found.'),
  sshd: sshd.args.optional().describe('Options of the SSH server. Left out: as found.'),
  firewall: firewall.optional().describe('A firewall. Left out: as found.'),
  unattendedUpgrades: unattendedUpgrades.args.optional().describe('Which upgrades a node installs on its own. Left out: as found.'),
};
