import { type Entry, type Place, type Table, type Tree } from '../source/tree.ts';
import { expandRange, isRange } from './range.ts';
import { PlinthError } from '../../contract/index.ts';

/** What one file says in one place of it. */
export interface Part {
  readonly vars?: Table;
  readonly ssh?: Table;
  /** Said by an Ansible inventory: in its own file, in group_vars and host_vars beside it, or in those beside playbooks. Such words are ranked as Ansible does. */
  readonly ansible?: 'file' | 'folder' | 'playbooks';
}

export interface GroupDraft {
  readonly name: string;
  readonly at: Place;
  readonly parts: Part[];
  readonly children: { readonly name: string; readonly at: Place }[];
  priority: number;
}

/** Settings of a host, and how exactly they name it: an entry for it alone beats a range, and the top-level hosts beat those in groups. */
export interface HostPart extends Part {
  readonly owner: string;
  readonly exactness: number;
}

export interface HostDraft {
  readonly name: string;
  /** Where it is first mentioned. */
  readonly at: Place;
  readonly parts: HostPart[];
  /** Groups that list it themselves. */
  readonly groups: Set<string>;
}

/** Files read one after another into one: groups, hosts and settings in the order in which they are mentioned. */
export interface Draft {
  readonly all: Part[];
  readonly groups: Map<string, GroupDraft>;
  readonly hosts: Map<string, HostDraft>;
}

export const emptyDraft = (): Draft => ({ all: [], groups: new Map(), hosts: new Map() });

/** Adds one checked document. @throws PlinthError where ranges in a name and an address do not pair up. */
export function addDocument(draft: Draft, document: Table): void {
  draft.all.push(partOf(document));
  for (const [key, { value }] of document.entries) {
    if (key === 'hosts') addHosts(draft, value, undefined);
    if (key === 'groups' && value.kind === 'table') for (const [name, entry] of value.entries) addGroup(draft, name, entry);
  }
}

function addGroup(draft: Draft, name: string, { keyAt, value }: Entry): void {
  const group = draft.groups.get(name) ?? { name, at: keyAt, parts: [], children: [], priority: 0 };
  draft.groups.set(name, group);
  if (value.kind !== 'table') return;
  group.parts.push(partOf(value));
  const children = value.entries.get('children')?.value;
  if (children?.kind === 'list') for (const child of children.items) if (child.kind === 'leaf') group.children.push({ name: String(child.value), at: child.at });
  const priority = value.entries.get('priority')?.value;
  if (priority?.kind === 'leaf' && typeof priority.value === 'number') group.priority = priority.value;
  const hosts = value.entries.get('hosts')?.value;
  if (hosts) addHosts(draft, hosts, name);
}

function addHosts(draft: Draft, hosts: Tree, group: string | undefined): void {
  if (hosts.kind === 'list') for (const item of hosts.items) addPattern(draft, item.kind === 'leaf' ? String(item.value) : '', item.at, undefined, group);
  if (hosts.kind === 'table') for (const [pattern, { keyAt, value }] of hosts.entries) addPattern(draft, pattern, keyAt, value.kind === 'table' ? value : undefined, group);
}

function addPattern(draft: Draft, pattern: string, at: Place, settings: Table | undefined, group: string | undefined): void {
  const names = expandRange(pattern);
  const part = settings && partOf(settings);
  const addresses = part?.ssh && pairedAddresses(part.ssh, names.length, pattern);
  names.forEach((name, index) => {
    const host = draft.hosts.get(name) ?? { name, at, parts: [], groups: new Set() };
    draft.hosts.set(name, host);
    if (group !== undefined) host.groups.add(group);
    if (!part) return;
    const address = addresses?.[index];
    const ssh = part.ssh && address !== undefined ? withAddress(part.ssh, address) : part.ssh;
    const exactness = (group === undefined ? 2 : 0) + (isRange(pattern) ? 0 : 1);
    host.parts.push({ ...part, ...(ssh ? { ssh } : {}), owner: group === undefined ? pattern : `${group} ${pattern}`, exactness });
  });
}

/** One address a name, where the address is a range. */
function pairedAddresses(ssh: Table, count: number, pattern: string): readonly string[] | undefined {
  const address = ssh.entries.get('address')?.value;
  if (address?.kind !== 'leaf' || typeof address.value !== 'string' || !isRange(address.value)) return undefined;
  const addresses = expandRange(address.value);
  if (addresses.length === count) return addresses;
  throw new PlinthError({
    cause: 'inventory',
    summary: `${address.at.path}: ${address.value} stands for ${addresses.length} addresses, but ${pattern} for ${count} ${count === 1 ? 'host' : 'hosts'}`,
    at: [address.at],
    hint: 'ranges in a name and its address pair up one by one',
  });
}

function withAddress(ssh: Table, value: string): Table {
  const entry = ssh.entries.get('address');
  if (!entry) return ssh;
  return { ...ssh, entries: new Map(ssh.entries).set('address', { ...entry, value: { kind: 'leaf', at: entry.value.at, value } }) };
}

function partOf(table: Table): Part {
  const vars = table.entries.get('vars')?.value;
  const ssh = table.entries.get('ssh')?.value;
  return { ...(vars?.kind === 'table' ? { vars } : {}), ...(ssh?.kind === 'table' ? { ssh: oneName(ssh) } : {}) };
}

/** `identityFiles` is `identityFile` written by someone who has several: merging must see one key. */
function oneName(ssh: Table): Table {
  const plural = ssh.entries.get('identityFiles');
  if (!plural) return ssh;
  const single = ssh.entries.get('identityFile');
  if (single) throw new PlinthError({ cause: 'inventory', summary: `${plural.keyAt.path}: identityFile and identityFiles are the same setting`, at: [plural.keyAt, single.keyAt], hint: 'keep one of the two' });
  const entries = new Map(ssh.entries).set('identityFile', plural);
  entries.delete('identityFiles');
  return { ...ssh, entries };
}
