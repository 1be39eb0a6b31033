import { nearest } from '../../contract/nearest.ts';
import type { Entry, Place, Table, Tree } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleInventory, groupNamed, hostNamed } from './inventory.ts';
import { ansibleHosts } from './pattern.ts';
import { takePriority } from './priority.ts';

/** Reads a YAML inventory of Ansible: groups at the top level, `all` among them or not. Complaints stand in `into`. */
export function readYamlInventory(tree: Tree, into: AnsibleInventory): void {
  if (tree.kind !== 'table') {
    into.complaints.push(ansibleDiagnostic(tree.at, tree.kind === 'leaf' && tree.value === null ? 'the inventory is empty' : 'an inventory is a map of groups', 'as in `all: { hosts: { node1: { ansible_host: 10.0.0.11 } } }`'));
    return;
  }
  for (const [name, entry] of tree.entries) readGroup(name, entry, undefined, into);
}

function readGroup(name: string, { keyAt, value }: Entry, parent: string | undefined, into: AnsibleInventory): void {
  const complain = (at: Place, what: string, hint?: string): void => void into.complaints.push(ansibleDiagnostic(at, at.path === '' ? what : `${at.path}: ${what}`, hint));
  const group = groupNamed(into, name, keyAt);
  if (parent !== undefined && parent !== 'all' && name !== 'ungrouped') groupNamed(into, parent, keyAt).children.push({ name, at: keyAt });
  if (isNothing(value)) return;
  if (value.kind !== 'table') return complain(value.at, 'a group is a map of hosts, children and vars');
  for (const [key, entry] of value.entries) {
    if (isNothing(entry.value)) continue;
    if (key === 'vars') {
      if (entry.value.kind === 'table') group.inFile.push(takePriority(group, entry.value, into));
      else complain(entry.value.at, 'variables are a map');
    } else if (key === 'children') {
      for (const [child, said] of named(entry.value) ?? []) readGroup(child, said, name, into);
      if (!named(entry.value)) complain(entry.value.at, 'children are a map of groups, as in `children: { workers: }`');
    } else if (key === 'hosts') {
      for (const [pattern, said] of named(entry.value) ?? []) readHosts(pattern, said, name, into);
      if (!named(entry.value)) complain(entry.value.at, 'hosts are a map, as in `hosts: { node1: }`', 'a colon behind each name makes the list a map');
    } else {
      const meant = nearest(key, ['hosts', 'children', 'vars']);
      into.warnings.push(ansibleDiagnostic(entry.keyAt, `${entry.keyAt.path}: a group has hosts, children and vars only, so this counts for nothing`, meant ? `did you mean "${meant}"?` : 'a group within a group stands under children, a variable under vars'));
    }
  }
}

function readHosts(pattern: string, { keyAt, value }: Entry, group: string, into: AnsibleInventory): void {
  const found = ansibleHosts(pattern);
  if (typeof found === 'string') return void into.complaints.push(ansibleDiagnostic(keyAt, `${keyAt.path}: ${found}`));
  if (value.kind !== 'table' && !isNothing(value)) into.complaints.push(ansibleDiagnostic(value.at, `${value.at.path}: the variables of a host are a map`, `as in \`${pattern}: { ansible_host: 10.0.0.11 }\``));
  for (const name of found.names) {
    const host = hostNamed(into, name, keyAt);
    if (found.port !== undefined) host.inFile.push(portTable(found.port, keyAt));
    if (value.kind === 'table') host.inFile.push(value);
    if (group !== 'all') groupNamed(into, group, keyAt).hosts.add(name);
  }
}

const portTable = (port: number, at: Place): Table => ({ kind: 'table', at, entries: new Map([['ansible_port', { keyAt: at, value: { kind: 'leaf', at, value: port } }]]) });

const isNothing = (tree: Tree): boolean => tree.kind === 'leaf' && tree.value === null;

/** A map by its keys; one name alone does for a map, as Ansible has it. */
function named(tree: Tree): readonly (readonly [string, Entry])[] | undefined {
  if (tree.kind === 'table') return [...tree.entries];
  if (tree.kind !== 'leaf' || typeof tree.value !== 'string') return undefined;
  return [[tree.value, { keyAt: tree.at, value: { kind: 'leaf', at: tree.at, value: null } }]];
}
