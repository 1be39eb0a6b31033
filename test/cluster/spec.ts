import { recorded } from '../advise/nodes.ts';
import { nothingElse } from '../../src/advise/index.ts';
import type { ClusterNode } from '../../src/cluster/index.ts';
import { clusterSpec, type ClusterSpec, type ClusterSpecInput } from '../../src/cluster/spec/index.ts';

/** A spec that nothing is wrong with, and what a test changes of it. Unchecked for compatibility: that is what tests do. */
export const specWith = (part: Partial<ClusterSpecInput> = {}): ClusterSpec =>
  clusterSpec.parse({ name: 'homelab', kubernetes: { version: 'v1.36.2' }, endpoint: { host: '192.168.10.10' }, ...part });

interface Change {
  readonly facts?: Partial<ClusterNode['facts']>;
  readonly role?: ClusterNode['role'];
  readonly address?: string;
}

const machine = recorded('ubuntu-i219');

/** A node with a card eno1 in 192.168.10.0/24. */
export function nodeWith(name: string, { facts = {}, role = 'controlPlane', address = `192.168.10.1${name.replaceAll(/\D/g, '')}` }: Change = {}): ClusterNode {
  const nics = machine.nics.map((nic) => (nic.name === machine.defaultRoute?.nic ? { ...nic, addresses: [`${address}/24`] } : nic));
  return { name, role, address, extra: nothingElse, facts: { ...machine, machineId: name, cgroup: 'v2', nics, defaultRoute: { gateway: '192.168.10.1', nic: machine.defaultRoute?.nic ?? '' }, ...facts } };
}

export const three = (): ClusterNode[] => ['cp1', 'cp2', 'cp3'].map((name) => nodeWith(name));
