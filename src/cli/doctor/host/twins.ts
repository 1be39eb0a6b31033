import { bad, type Finding, warn } from '../finding.ts';
import type { Examined } from './examination.ts';

/** Nodes that cannot be told apart: clones that kept their machine-id, or one machine under two names. */
export function judgeTwins(hosts: ReadonlyMap<string, Pick<Examined, 'facts'>>): Finding[] {
  const ids = new Set([...hosts.values()].map(({ facts }) => facts.machineId).filter((id) => id !== ''));
  return [...ids].flatMap((id) => {
    const alike = [...hosts].filter(([, { facts }]) => facts.machineId === id);
    if (alike.length < 2) return [];
    const names = alike.map(([host]) => host);
    const isOne = new Set(alike.map(([, { facts }]) => facts.bootId)).size === 1;
    return names.slice(1).map((host) => {
      const others = names.filter((name) => name !== host).join(', ');
      const judged = isOne
        ? warn('identity', `the same machine as ${others}`, 'Two hosts of the inventory lead to one machine; leave one of them.')
        : bad('identity', `the same machine-id as ${others}`, 'They are clones; DHCP and Kubernetes take them for one node. On all but one: rm /etc/machine-id && systemd-machine-id-setup, then reboot.');
      return { where: host, ...judged };
    });
  });
}
