import { isIP } from 'node:net';
import { type ClusterSpecInput, clusterSpec } from '../../../cluster/index.ts';
import { holds, isBackwards, meet } from '../../../cluster/networks.ts';
import type { Asker } from '../../prompt/question.ts';

/** What `plinth init` has to know of a cluster. */
export interface Answers {
  readonly cluster: ClusterSpecInput;
  readonly user: string;
  readonly sudo: 'nothing' | 'type' | 'keep';
  readonly controlPlanes: readonly string[];
  readonly workers: readonly string[];
}

const usual = { kubernetes: 'v1.36.2', first: '192.168.1.11', pods: ['10.244.0.0/16', '10.32.0.0/16', '172.20.0.0/16'], services: ['10.96.0.0/12', '10.112.0.0/12', '172.24.0.0/16'] } as const;

/** Asks for it, one thing after the other; each answer is checked against those before. */
export async function askAnswers(ask: Asker, user: string): Promise<Answers> {
  const number = (least: number, most: number) => (text: string) => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? undefined : `a number from ${least} to ${most}`);
  const name = await ask({ ask: 'Name of the cluster', initial: 'home', problem: (text) => issueOf(clusterSpec.shape.name.safeParse(text)) });
  const planes = Number(
    await ask({ ask: 'How many control planes', initial: '3', hint: '3 survive the loss of one, 5 of two; 1 survives none', problem: (text) => number(1, 9)(text) ?? (Number(text) % 2 === 0 ? `etcd wants an odd number: ${text} survive no more than ${Number(text) - 1}` : undefined) }),
  );
  const others = Number(await ask({ ask: 'How many workers', initial: '0', hint: 'without any, the control planes take workloads', problem: number(0, 99) }));
  const addresses: string[] = [];
  for (const host of [...names('cp', planes), ...names('worker', others)]) {
    const before = addresses.at(-1);
    addresses.push(await ask({ ask: `Address of ${host}`, initial: before === undefined ? usual.first : host === 'worker1' ? next(before, 10 - (planes % 10)) : next(before), problem: (text) => (isIP(text) === 0 ? 'an IP address, such as 192.168.1.11' : addresses.includes(text) ? `${names('cp', planes).concat(names('worker', others))[addresses.indexOf(text)]} has it already` : undefined) }));
  }
  const login = await ask({ ask: 'User to log in as', initial: user, problem: (text) => (/^[a-z_][a-z0-9_-]*\$?$/i.test(text) ? undefined : 'a name of an account') });
  const sudo = login === 'root' ? 'nothing' : await ask({ ask: 'What sudo asks for there', initial: 'nothing', choices: [{ name: 'nothing', summary: 'it lets the user become root without a password' }, { name: 'type', summary: 'a password, which you type at each run' }, { name: 'keep', summary: 'a password, kept encrypted: plinth secrets' }] });
  const endpoint = await askEndpoint(ask, addresses, planes);
  const kubernetes = await ask({ ask: 'Version of Kubernetes', initial: usual.kubernetes, problem: (text) => issueOf(clusterSpec.shape.kubernetes.safeParse({ version: text })) });
  const routing = await ask({ ask: 'How pods of different nodes reach each other', initial: 'vxlan', choices: [{ name: 'vxlan', summary: 'by a tunnel: on every network' }, { name: 'native', summary: 'by routes: faster, where all nodes are in one network' }] });
  const chosen = (
    await ask({
      ask: 'Which of these, with commas between',
      initial: 'hubble,gateway',
      many: true,
      choices: [
        { name: 'hubble', summary: 'who talks to whom, with a page to look at it' },
        { name: 'gateway', summary: 'Gateway API: HTTP from outside' },
        { name: 'loadbalancer', summary: 'addresses of your network for services, announced by ARP' },
        { name: 'wireguard', summary: 'encryption between nodes' },
        { name: 'none', summary: 'none of these' },
      ],
    })
  ).split(',');
  const pool = chosen.includes('loadbalancer') ? await askPool(ask, addresses, endpoint) : undefined;
  const taken = [...addresses, endpoint, ...(pool === undefined ? [] : [pool.start])];
  const free = (networks: readonly string[]): string => networks.find((network) => taken.every((address) => isIP(address) !== 4 || !holds(network, address))) ?? networks[0] ?? '';
  return {
    user: login,
    sudo: sudo === 'type' || sudo === 'keep' ? sudo : 'nothing',
    controlPlanes: addresses.slice(0, planes),
    workers: addresses.slice(planes),
    cluster: {
      name,
      kubernetes: { version: kubernetes },
      endpoint: { host: endpoint },
      ...(addresses.includes(endpoint) ? { kubeVip: false } : {}),
      network: isIP(endpoint) === 6 ? { pods: ['fd00:10:244::/56'], services: ['fd00:10:96::/112'] } : { pods: [free(usual.pods)], services: [free(usual.services)] },
      cilium: { routing: routing === 'native' ? 'native' : 'vxlan', ...(chosen.includes('wireguard') ? { encryption: 'wireguard' } : {}) },
      ...(chosen.includes('gateway') ? { gatewayApi: {} } : {}),
      hubble: chosen.includes('hubble') ? { ui: true } : false,
      ...(pool === undefined ? {} : { loadBalancer: { pools: [{ name: 'lan', blocks: [pool] }], l2: [{ name: 'lan' }] } }),
    },
  };
}

async function askEndpoint(ask: Asker, nodes: readonly string[], planes: number): Promise<string> {
  const [first = ''] = nodes;
  const suggested = next(first, -1);
  return ask({
    ask: planes === 1 ? 'Address of the API' : 'A free address of their network, which the control planes share',
    initial: planes === 1 ? first : suggested,
    hint: planes === 1 ? "the node's own, or a free one, so that control planes can be added" : 'kube-vip holds it, on one of them at a time',
    problem: (text) => {
      if (isIP(text) === 0) return 'an IP address, such as 192.168.1.10';
      if (isIP(text) !== isIP(first)) return `the nodes have IPv${isIP(first)}`;
      if (nodes.includes(text) && planes > 1) return 'a node has it: this one has to be free';
      return isIP(text) === 4 && !holds(`${first}/16`, text) ? `this is far from ${first}: it has to be an address of their network` : undefined;
    },
  });
}

/** An address range of the local network for services. */
async function askPool(ask: Asker, nodes: readonly string[], endpoint: string): Promise<{ readonly start: string; readonly stop: string }> {
  const [first = ''] = nodes;
  const parse = (text: string): { start: string; stop: string } => {
    const [start = '', stop = start] = text.split(/\s*-\s*/);
    return { start, stop };
  };
  const text = await ask({
    ask: 'Addresses for services, from-to',
    initial: isIP(first) === 4 ? `${first.replace(/\d+$/, '200')}-${first.replace(/\d+$/, '219')}` : '',
    hint: 'free addresses of the local network that DHCP does not give away',
    problem: (given) => {
      const range = parse(given);
      if (isIP(range.start) === 0 || isIP(range.start) !== isIP(range.stop)) return 'two addresses, such as 192.168.1.200-192.168.1.219';
      const block = range;
      if (isBackwards(block)) return 'the first is after the last';
      const inside = [...nodes, endpoint].find((address) => isIP(address) === isIP(range.start) && meet(block, { start: address }));
      return inside === undefined ? undefined : `${inside} is ${inside === endpoint && !nodes.includes(inside) ? 'the address of the API' : 'a node'}`;
    },
  });
  return parse(text);
}

export const names = (role: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${role}${index + 1}`);

/** The address that many further on, within the last part of it; the same where that cannot be. */
function next(address: string, by = 1): string {
  const [, head = '', last = ''] = /^(.*[.:])([0-9a-f]+)$/i.exec(address) ?? [];
  const base = address.includes(':') ? 16 : 10;
  const value = Number.parseInt(last, base) + by;
  return value > 0 && value < (base === 16 ? 0xffff : 255) ? `${head}${value.toString(base)}` : address;
}

const issueOf = (parsed: { readonly success: boolean; readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined }): string | undefined => (parsed.success ? undefined : (parsed.error?.issues[0]?.message ?? 'not possible'));
