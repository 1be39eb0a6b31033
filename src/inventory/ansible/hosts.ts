import type { Diagnostic } from '../../contract/index.ts';
import type { Leaf, Table } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleGroup, type AnsibleInventory } from './inventory.ts';

/** Names of all groups that hold a host, `all` left out, those within others included. */
export function groupsHolding({ groups }: AnsibleInventory, host: string): ReadonlySet<string> {
  const found = new Set([...groups.values()].filter((group) => group.name !== 'all' && group.hosts.has(host)).map((group) => group.name));
  for (const name of found) for (const group of groups.values()) if (group.name !== 'all' && group.children.some((child) => child.name === name)) found.add(group.name);
  if (found.size > 1) found.delete('ungrouped');
  return found;
}

/**
 * Hosts whose connection is not SSH and not this machine, such as Windows, containers and switches: they are left out, with a
 * warning that names them.
 */
export function unreachableHosts(inventory: AnsibleInventory): { readonly names: ReadonlySet<string>; readonly warnings: readonly Diagnostic[] } {
  const said = new Map<Leaf, string[]>();
  const names = new Set<string>();
  const sorted = sortedGroups(inventory);
  for (const host of inventory.hosts.values()) {
    const holding = groupsHolding(inventory, host.name);
    const groups = sorted.filter(({ name }) => name === 'all' || holding.has(name));
    const all = groups.filter(({ name }) => name === 'all');
    const others = groups.filter(({ name }) => name !== 'all');
    const tables: readonly Table[] = [...all.flatMap(inFile), ...others.flatMap(inFile), ...all.flatMap(inFolder), ...all.flatMap(inPlaybooks), ...others.flatMap(inFolder), ...others.flatMap(inPlaybooks), ...host.inFile, ...host.inFolder, ...host.inPlaybooks];
    const value = tables.map((table) => table.entries.get('ansible_connection')?.value).findLast((tree) => tree !== undefined);
    if (value?.kind !== 'leaf' || typeof value.value !== 'string' || /^(ansible\.builtin\.)?(ssh|smart|paramiko|paramiko_ssh|local|)$/.test(value.value) || value.value === 'ansible.netcommon.libssh') continue;
    names.add(host.name);
    said.set(value, [...(said.get(value) ?? []), host.name]);
  }
  const warnings = [...said].map(([leaf, hosts]) => ansibleDiagnostic(leaf.at, `${leaf.at.path}: hosts are reached by SSH or are this machine, not by ${String(leaf.value)}`, `left out: ${hosts.slice(0, 8).join(', ')}${hosts.length > 8 ? ` and ${hosts.length - 8} more` : ''}`));
  return { names, warnings };
}

const inFile = (group: AnsibleGroup): readonly Table[] => group.inFile;
const inFolder = (group: AnsibleGroup): readonly Table[] => group.inFolder;
const inPlaybooks = (group: AnsibleGroup): readonly Table[] => group.inPlaybooks;

/** The weakest first, in Ansible's order: by depth, by priority, by name. Groups that hold each other end the count. */
export function sortedGroups({ groups }: AnsibleInventory): readonly AnsibleGroup[] {
  const depths = new Map<string, number>([['all', 0]]);
  const depth = (name: string, way: ReadonlySet<string>): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const parents = [...groups.values()].filter((group) => !way.has(group.name) && group.children.some((child) => child.name === name));
    const found = 1 + Math.max(0, ...parents.map((parent) => depth(parent.name, new Set(way).add(name))));
    depths.set(name, found);
    return found;
  };
  return [...groups.values()].toSorted((a, b) => depth(a.name, new Set()) - depth(b.name, new Set()) || a.priority - b.priority || compare(a.name, b.name));
}

/** By code points, as Python sorts. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
