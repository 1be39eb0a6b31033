const prefixes: readonly (readonly [string, string])[] = [
  ['net.bridge.', 'br_netfilter'],
  ['net.netfilter.', 'nf_conntrack'],
  ['net.nf_conntrack_max', 'nf_conntrack'],
  ['net.ipv4.vs.', 'ip_vs'],
];

/** The kernel module that brings a parameter, where one does. */
export const moduleOf = (key: string): string | undefined => prefixes.find(([prefix]) => key.startsWith(prefix))?.[1];

/** Whether a module brings a parameter, as far as is known: of a module that is not listed, all are taken to come. */
export const bringsOf = (module: string, key: string): boolean => (prefixes.some(([, listed]) => listed === module) ? moduleOf(key) === module : true);
