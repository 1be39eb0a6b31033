import type { Entry, Place, Table, Tree } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleInventory, groupNamed, hostNamed } from './inventory.ts';
import { ansibleHosts } from './pattern.ts';
import { takePriority } from './priority.ts';

/** Whether the variables of the hosts are in the listing; where not, the script is asked for each with `--host`. */
export const hasHostVars = (tree: Tree): boolean => tree.kind === 'table' && tree.entries.has('_meta');

/** Reads what an inventory script prints for `--list`: groups as maps or as lists of hosts, and `_meta.hostvars`. Complaints stand in `into`. */
export function readListing(tree: Tree, into: AnsibleInventory): void {
  const complain = (at: Place, what: string, hint?: string): void => void into.complaints.push(ansibleDiagnostic(at, at.path === '' ? what : `${at.path}: ${what}`, hint));
  if (tree.kind !== 'table') return complain(tree.at, 'an inventory script prints a JSON object for --list', 'as in {"workers": {"hosts": ["node1"]}, "_meta": {"hostvars": {}}}');
  for (const [name, entry] of tree.entries) if (name !== '_meta') readListed(name, entry, into, complain);
  const meta = tree.entries.get('_meta')?.value;
  const hostvars = meta?.kind === 'table' ? meta.entries.get('hostvars')?.value : undefined;
  if (hostvars?.kind === 'table') for (const [name, { keyAt, value }] of hostvars.entries) if (value.kind === 'table') addHost(name, keyAt, value, undefined, into, complain);
}

type Complain = (at: Place, what: string, hint?: string) => void;

function readListed(name: string, { keyAt, value }: Entry, into: AnsibleInventory, complain: Complain): void {
  const group = groupNamed(into, name, keyAt);
  if (value.kind === 'leaf') return complain(value.at, 'a group is a list of hosts, or a map of hosts, children and vars');
  const parts = value.kind === 'list' ? new Map([['hosts', value]]) : new Map([...value.entries].map(([key, entry]) => [key, entry.value]));
  for (const [key, part] of parts) {
    if (key === 'vars' && part.kind === 'table') group.inFile.push(takePriority(group, part, into));
    else if (key === 'hosts' && part.kind === 'list') for (const item of part.items) addHost(textOf(item), item.at, undefined, name, into, complain);
    else if (key === 'children' && part.kind === 'list') for (const item of part.items) addChild(name, textOf(item), item.at, into);
    else complain(part.at, 'this is not what an inventory script prints for a group', 'hosts and children are lists of names, vars a map');
  }
}

function addChild(parent: string, name: string, at: Place, into: AnsibleInventory): void {
  // `ansible-inventory --list` names groups that hold nobody only here.
  const group = groupNamed(into, name, at);
  if (parent !== 'all' && name !== 'ungrouped') groupNamed(into, parent, at).children.push({ name: group.name, at });
}

function addHost(name: string, at: Place, vars: Table | undefined, group: string | undefined, into: AnsibleInventory, complain: Complain): void {
  const found = ansibleHosts(name);
  if (typeof found === 'string') return complain({ ...at, path: '' }, found);
  const host = hostNamed(into, name, at);
  if (vars) host.inFile.push(vars);
  if (group !== undefined && group !== 'all') groupNamed(into, group, at).hosts.add(name);
}

const textOf = (tree: Tree): string => (tree.kind === 'leaf' ? String(tree.value) : '');
