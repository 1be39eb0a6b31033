import { type Diagnostic, showLocated } from '../../contract/index.ts';
import type { FleetHost, FleetSchema } from '../../dsl/fleet.ts';
import type { MergedHost } from '../hosts.ts';
import type { Draft } from '../layout/draft.ts';
import { bothProxies, machineOf } from '../reach.ts';
import type { Place } from '../source/tree.ts';
import { nearest } from '../../contract/nearest.ts';

/** Whether every host is a machine of its own and can be reached in one way. */
export function checkMachines(hosts: readonly MergedHost[]): readonly Diagnostic[] {
  const machines = new Map<string, MergedHost>();
  const complaints = new Map<string, Diagnostic>();
  for (const host of hosts) {
    const proxies = bothProxies(host.sshMerged);
    if (proxies) complaints.set(JSON.stringify(proxies), proxies);
    const machine = machineOf(host.host.name, host.ssh);
    const other = machines.get(machine);
    if (!other) machines.set(machine, host);
    else complaints.set(`${machine} ${host.host.name}`, sameMachine(other, host));
  }
  return [...complaints.values()];
}

function sameMachine(one: MergedHost, other: MergedHost): Diagnostic {
  const { ssh } = other;
  const both = ssh.transport === 'local' ? 'are both this machine (transport: local)' : `have the same address, ${ssh.address ?? other.host.name}${ssh.port === undefined ? '' : ` port ${ssh.port}`}`;
  const [first, second] = [addressPlace(one), addressPlace(other)];
  return {
    cause: 'inventory',
    summary: `${one.host.name} and ${other.host.name} ${both}`,
    at: showLocated(first) === showLocated(second) ? [first] : [first, second],
    hint: 'a machine is one host: give each its own address, or keep one of the names',
  };
}

const addressPlace = ({ host, sshMerged }: MergedHost): Place => (sshMerged?.children?.get('address') ?? sshMerged?.children?.get('transport'))?.winner.tree.at ?? host.at;

/** What is allowed and yet looks like a slip. */
export function fleetWarnings(draft: Draft, fleet: FleetSchema, hosts: readonly FleetHost[]): readonly Diagnostic[] {
  const filled = new Set(hosts.flatMap((host) => host.groups));
  const unknown = [...draft.groups.keys()].filter((name) => !Object.hasOwn(fleet.groups, name));
  const empty = Object.keys(fleet.groups).filter((name) => !filled.has(name));
  const ungrouped = filled.size === 0 ? [] : hosts.filter((host) => host.groups.length === 0);
  const groupOf = (name: string): Place | undefined => draft.groups.get(name)?.at;
  return [
    ...empty.map((name): Diagnostic => {
      const meant = nearest(name, unknown);
      const place = groupOf(meant ?? name);
      return { cause: 'inventory', summary: `the group ${name} has no hosts`, ...(place ? { at: [place] } : {}), hint: meant ? `is ${meant} meant to be ${name}?` : `plays on ${name} will do nothing` };
    }),
    ...ungrouped.map(({ name }): Diagnostic => {
      const place = draft.hosts.get(name)?.at;
      return { cause: 'inventory', summary: `${name} is in no group`, ...(place ? { at: [place] } : {}), hint: 'only plays on all hosts reach it; is its name misspelt?' };
    }),
    ...hosts.filter((host) => draft.groups.has(host.name)).map(({ name }): Diagnostic => ({ cause: 'inventory', summary: `${name} is the name of a host and of a group`, at: [groupOf(name), draft.hosts.get(name)?.at].filter((place) => place !== undefined), hint: '--limit cannot tell them apart: rename one' })),
  ];
}
