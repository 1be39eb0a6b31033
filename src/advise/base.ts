import type { Node } from './node.ts';
import { baseKernel, hasKernel, isTestedRhel8 } from './versions.ts';
import type { Wishes } from './wishes.ts';

const wantedConfig = ['BPF_SYSCALL', 'NET_CLS_BPF', 'CGROUP_BPF'];

/** Why Cilium cannot replace kube-proxy on a node; undefined where it can. Most other features stand on this one. */
export function noReplacement(node: Node, wishes: Wishes): string | undefined {
  const kernel = baseKernel(wishes);
  if (!hasKernel(node, kernel) && !isTestedRhel8(node, wishes)) return `Cilium ${wishes.cilium} needs kernel ${kernel}, and this is ${node.facts.kernel.release}`;
  const missing = wantedConfig.filter((name) => node.extra.config[name] === 'n');
  if (missing.length > 0) return `the kernel was built without ${missing.map((name) => `CONFIG_${name}`).join(', ')}`;
  return undefined;
}

/** Why there is no BPF host routing; BBR for pods, netkit and BIG TCP stand on it. */
export const noHostRouting = (node: Node, wishes: Wishes): string | undefined => noReplacement(node, wishes) ?? (hasKernel(node, '5.10') ? undefined : `it needs kernel 5.10, and this is ${node.facts.kernel.release}`);

/** Why packets cannot be routed natively between the nodes. */
export function noNativeRouting(node: Node, { routing, routes }: Wishes, fleet: readonly Node[]): string | undefined {
  if (routing !== 'native') return `the cluster tunnels by ${routing}`;
  if (routes === 'external') return undefined;
  const networks = new Map(fleet.map((one) => [one.name, networkOf(one)]));
  const own = networks.get(node.name);
  if (own === undefined) return 'the address of the node in its network is not known';
  const other = [...networks].find(([, network]) => network !== own);
  return other ? `${other[0]} is in ${other[1] ?? 'no known network'}, this node in ${own}: nodes cannot route to each other directly` : undefined;
}

/** `10.0.0.11/24` is in 10.0.0.0/24; of the IPv4 address of the card with the default route. */
export function networkOf({ facts: { nics, defaultRoute } }: Node): string | undefined {
  const address = nics.find(({ name }) => name === defaultRoute?.nic)?.addresses.find((one) => one.includes('.'));
  const [, a, b, c, d, prefix] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(address ?? '') ?? [];
  if (prefix === undefined) return undefined;
  const size = 2 ** (32 - Number(prefix));
  const number = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(number / size) * size;
  return `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join('.')}/${prefix}`;
}

