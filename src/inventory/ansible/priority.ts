import type { Table } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleGroup, type AnsibleInventory } from './inventory.ts';

/** Takes `ansible_group_priority` out of a group's variables. It counts in the files of an inventory only, as with Ansible. */
export function takePriority(group: AnsibleGroup, table: Table, { complaints }: AnsibleInventory): Table {
  const said = table.entries.get('ansible_group_priority');
  if (!said) return table;
  const number = said.value.kind === 'leaf' ? Number(said.value.value) : NaN;
  if (Number.isInteger(number)) group.priority = number;
  else complaints.push(ansibleDiagnostic(said.value.at, `ansible_group_priority of ${group.name} is not a whole number`, 'the higher number wins among groups of equal depth; the default is 1'));
  const entries = new Map(table.entries);
  entries.delete('ansible_group_priority');
  return { ...table, entries };
}
