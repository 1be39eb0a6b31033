import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** A link and an address on it, in prefix notation. */
export interface LinkAddress {
  readonly nic: string;
  readonly address: string;
}

const kind: Kind<readonly LinkAddress[]> = {
  name: 'linkAddresses',
  script: () => sh`if command -v ip >/dev/null 2>&1; then put 0 "$(ip -o addr show 2>/dev/null)"; fi`,
  parse: (text = '') =>
    text.split('\n').flatMap((line) => {
      const [, nic, address] = /^\d+: (\S+?)(?:@\S+)?\s+inet6? (\S+)/.exec(line) ?? [];
      return nic === undefined || address === undefined ? [] : [{ nic, address: address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}` }];
    }),
};

/** Every address of the node, those of other programs (the VIP) included. */
export const linkAddresses = (): Reading<readonly LinkAddress[]> => ({ kind, key: '' });

/** The link whose network holds the address; where several do, that of the longest prefix. The address itself, where a node has it, says nothing. */
export function nicFor(address: string, links: readonly LinkAddress[]): string | undefined {
  const holding = links.filter((link) => link.nic !== 'lo' && bare(link.address) !== address && holds(link.address, address));
  return holding.toSorted((a, b) => prefixOf(b.address) - prefixOf(a.address))[0]?.nic;
}

export const bare = (cidr: string): string => cidr.slice(0, cidr.indexOf('/'));
const prefixOf = (cidr: string): number => Number(cidr.slice(cidr.indexOf('/') + 1));

function holds(cidr: string, address: string): boolean {
  const [network, wanted] = [bits(bare(cidr)), bits(address)];
  if (network.length !== wanted.length) return false;
  return network.slice(0, prefixOf(cidr)) === wanted.slice(0, prefixOf(cidr));
}

/** An address as a text of zeros and ones. */
function bits(address: string): string {
  if (!address.includes(':')) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const filled = tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return filled.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
