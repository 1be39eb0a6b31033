import { PlinthError } from '../../contract/index.ts';
import type { Draft, Part } from '../layout/draft.ts';
import type { Table } from '../source/tree.ts';
import { type Around, takeConnection } from './connection.ts';
import { groupsHolding, unreachableHosts } from './hosts.ts';
import type { AnsibleInventory, Vars } from './inventory.ts';

/**
 * Adds what Ansible's files say to a draft; which word wins is decided there, by Ansible's rules. Warnings stand in `inventory`.
 * @throws PlinthError with every complaint.
 */
export function addAnsible(draft: Draft, inventory: AnsibleInventory, around: Around): void {
  const apart = new Map<Table, Part>();
  const { complaints, warnings } = inventory;
  const partOf = (table: Table, place: NonNullable<Part['ansible']>): Part => {
    // Hosts of one range share one map: its complaints are told once.
    const known = apart.get(table);
    if (known) return known;
    const taken = takeConnection(table, around);
    complaints.push(...taken.complaints);
    warnings.push(...taken.warnings);
    const part: Part = { ...(taken.vars.entries.size > 0 ? { vars: taken.vars } : {}), ...(taken.ssh ? { ssh: taken.ssh } : {}), ansible: place };
    apart.set(table, part);
    return part;
  };
  const partsOf = ({ inFile, inFolder, inPlaybooks }: Vars): readonly Part[] => [...inFile.map((table) => partOf(table, 'file')), ...inFolder.map((table) => partOf(table, 'folder')), ...inPlaybooks.map((table) => partOf(table, 'playbooks'))];

  const left = unreachableHosts(inventory);
  warnings.push(...left.warnings);
  for (const host of inventory.hosts.values()) {
    if (left.names.has(host.name)) continue;
    const found = draft.hosts.get(host.name) ?? { name: host.name, at: host.at, parts: [], groups: new Set() };
    draft.hosts.set(host.name, found);
    for (const part of partsOf(host)) found.parts.push({ ...part, owner: host.name, exactness: 1 });
  }
  for (const group of inventory.groups.values()) {
    if (group.name === 'all') {
      draft.all.push(...partsOf(group));
      continue;
    }
    const parts = partsOf(group);
    const isRest = group.name === 'ungrouped';
    // `ungrouped` is no group of anybody's making: it is one here only where it has variables to give.
    if (isRest && parts.length === 0) continue;
    const members = [...(isRest ? inventory.hosts.keys() : group.hosts)].filter((name) => !left.names.has(name) && (!isRest || [...groupsHolding(inventory, name)].every((one) => one === 'ungrouped')));
    // A priority that nobody gave is 1 with Ansible and 0 here.
    const found = draft.groups.get(group.name) ?? { name: group.name, at: group.at, parts: [], children: [], priority: group.priority - 1 };
    draft.groups.set(group.name, found);
    found.parts.push(...parts);
    found.children.push(...group.children.filter((child) => child.name !== 'ungrouped'));
    for (const name of members) draft.hosts.get(name)?.groups.add(group.name);
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
}
