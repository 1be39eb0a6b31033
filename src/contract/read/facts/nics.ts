import type { Facts } from '../facts.ts';
import type { Lines } from './lines.ts';

type Nic = Facts['nics'][number];

/** NICs in the kernel's order of names, each with its addresses and interrupts. */
export function parseNics(said: Lines): Nic[] {
  const groups: Map<string, string[]>[] = [];
  for (const [name, value] of said.named) {
    if (name === 'nic') groups.push(new Map([['nic', [value]]]));
    else if (name.startsWith('nic.')) {
      const group = groups.at(-1);
      group?.set(name, [...(group.get(name) ?? []), value]);
    }
  }
  const addresses = addressesByNic(said.loose);
  const interrupts = [...said.all('interrupts'), ...said.loose].filter((line) => /^\s*\d+:\s+\d+\s/.test(line));
  return groups.map((group) => {
    const one = (key: string) => group.get(key)?.[0] ?? '';
    const name = one('nic');
    const irqs = group.get('nic.irq')?.map(Number) ?? irqsOf(name, interrupts);
    const speed = Number(one('nic.speed') || -1);
    return {
      name,
      driver: one('nic.driver') || null,
      type: one('nic.type') || (one('nic.device') ? 'ethernet' : 'virtual'),
      mac: one('nic.mac'),
      mtu: Number(one('nic.mtu')),
      up: one('nic.state') === 'up' || (one('nic.state') === 'unknown' && (Number(one('nic.flags')) & 1) === 1),
      speed: speed > 0 ? speed : null,
      master: one('nic.master') || null,
      rxQueues: Number(one('nic.rx') || 0),
      txQueues: Number(one('nic.tx') || 0),
      irqs: irqs.toSorted((a, b) => a - b),
      addresses: addresses.get(name) ?? [],
    };
  });
}

/** `2: eth0    inet 10.0.0.11/24 brd 10.0.0.255 scope global eth0`; the name of a veth may end with `@if5`. */
function addressesByNic(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [, name, address] = /^\d+: (\S+?)(?:@\S+)?\s+inet6? (\S+) .*scope (?!link)/.exec(line) ?? [];
    if (name === undefined || address === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), address]);
  }
  return found;
}

/** For platform devices, which have no list of their own: `189:  1234  0  GICv2 189 Level  eth0`. */
const irqsOf = (nic: string, interrupts: readonly string[]): number[] =>
  interrupts.filter((line) => line.trim().split(/[\s,]+/).some((word) => word === nic || word.startsWith(`${nic}-`) || word.startsWith(`${nic}:`))).map((line) => Number.parseInt(line, 10));
