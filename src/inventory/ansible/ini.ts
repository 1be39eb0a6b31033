import { nearest } from '../../contract/nearest.ts';
import type { Entry, Leaf, Place, Table, Tree } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleInventory, groupNamed, hostNamed } from './inventory.ts';
import { type Literal, pythonLiteral } from './literal.ts';
import { ansibleHosts } from './pattern.ts';
import { takePriority } from './priority.ts';
import { isTemplate, template } from './unsupported.ts';
import { splitWords, type Word } from './words.ts';

type Kind = 'hosts' | 'children' | 'vars';

/** Reads an inventory in Ansible's INI form into `into`; what cannot be read is a complaint there, with its line. */
export function readIni(text: string, file: string, into: AnsibleInventory): void {
  let section: { readonly name: string; readonly kind: Kind } = { name: 'ungrouped', kind: 'hosts' };
  const onlyVars = new Map<string, Place>();
  const declared = new Set([...into.groups.keys(), 'all', 'ungrouped']);
  text.split(/\r?\n/).forEach((whole, index) => {
    const line = whole.trim();
    const place = (col: number, path = ''): Place => ({ file, line: index + 1, col: whole.length - whole.trimStart().length + col, path });
    const complain = (what: string, hint?: string): void => void into.complaints.push(ansibleDiagnostic(place(1), what, hint));
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    const header = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(line);
    if (header) {
      const [, name = '', kind = 'hosts'] = header;
      if (kind !== 'hosts' && kind !== 'children' && kind !== 'vars') return complain(`[${name}:${kind}] is no section Ansible knows`, `a section is [${name}], [${name}:children] or [${name}:vars]`);
      section = { name, kind };
      if (kind !== 'vars') declared.add(name);
      if (kind === 'vars' && !declared.has(name)) onlyVars.set(name, place(1));
      else if (name !== 'ungrouped' && name !== 'all') groupNamed(into, name, place(2));
      return;
    }
    if (line.startsWith('[') && line.endsWith(']')) return complain(`${line} is not a section`, 'a section is [name], [name:children] or [name:vars], without spaces');
    if (section.kind === 'hosts') readHost(line, section.name, place, into);
    else if (section.kind === 'vars') readVariable(line, section.name, place, into);
    else readChild(line, section.name, place, into);
  });
  for (const [name, at] of onlyVars) {
    if (declared.has(name)) continue;
    const meant = nearest(name, declared);
    into.groups.delete(name);
    into.complaints.push(ansibleDiagnostic(at, `[${name}:vars] gives variables to a group that does not exist`, meant ? `did you mean [${meant}:vars]?` : `say [${name}] or [${name}:children] somewhere`));
  }
}

type PlaceOf = (col: number, path?: string) => Place;

function readHost(line: string, group: string, place: PlaceOf, into: AnsibleInventory): void {
  const complain = (at: Place, what: string, hint?: string): void => void into.complaints.push(ansibleDiagnostic(at, what, hint));
  const words = splitWords(line);
  if (!words) return complain(place(1), 'a quote is never closed on this line', 'values with spaces stand in quotes: name="a b"');
  const [pattern, ...assignments] = words;
  if (!pattern) return;
  const found = ansibleHosts(pattern.text);
  if (typeof found === 'string') return complain(place(pattern.col), found, hostHint(pattern.text));
  const entries = new Map<string, Entry>();
  if (found.port !== undefined) entries.set('ansible_port', entryOf(found.port, place(pattern.col, 'ansible_port')));
  for (const word of assignments) {
    const at = place(word.col, word.text.split('=')[0]);
    if (!word.text.includes('=')) complain({ ...at, path: '' }, `"${word.text}" is neither a host nor NAME=VALUE`, 'one host a line; its variables follow it as NAME=VALUE');
    else entries.set(...assignment(word, at));
  }
  const table: Table = { kind: 'table', at: place(pattern.col), entries };
  for (const name of found.names) {
    const host = hostNamed(into, name, place(pattern.col));
    if (entries.size > 0) host.inFile.push(table);
    if (group !== 'all') groupNamed(into, group, place(pattern.col)).hosts.add(name);
  }
}

const hostHint = (text: string): string => (/^[\w.]+=/.test(text) ? 'variables of a group stand in a section of their own: [group:vars]' : 'as in node1, node[01:12] or node1:2222; an address goes into ansible_host=...');

function assignment({ text }: Word, at: Place): [string, Entry] {
  const split = text.indexOf('=');
  return [text.slice(0, split), entryOf(pythonLiteral(text.slice(split + 1)), at, text.slice(split + 1))];
}

function readVariable(line: string, group: string, place: PlaceOf, into: AnsibleInventory): void {
  const split = line.indexOf('=');
  if (split < 0) return void into.complaints.push(ansibleDiagnostic(place(1), `"${line}" is not NAME=VALUE`, `this is the section [${group}:vars]; hosts stand under [${group}]`));
  const [name, value] = [line.slice(0, split).trim(), line.slice(split + 1).trim()];
  const owner = groupNamed(into, group, place(1));
  const table: Table = { kind: 'table', at: place(1), entries: new Map([[name, entryOf(pythonLiteral(value), place(1, name), value)]]) };
  owner.inFile.push(takePriority(owner, table, into));
}

function readChild(line: string, group: string, place: PlaceOf, into: AnsibleInventory): void {
  const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(line)?.[1];
  if (name === undefined) return void into.complaints.push(ansibleDiagnostic(place(1), `"${line}" is not the name of a group`, `this is the section [${group}:children], which holds one group a line`));
  if (group !== 'all') groupNamed(into, group, place(1)).children.push({ name, at: place(1, name) });
}

const entryOf = (value: Literal, at: Place, text?: string): Entry => ({ keyAt: at, value: treeOf(value, at, text) });

function treeOf(value: Literal, at: Place, text?: string): Tree {
  if (typeof value === 'string' && isTemplate(value)) return { kind: 'leaf', at, value: template, text: value };
  if (typeof value !== 'object' || value === null) return leafOf(value, at, text);
  if (isList(value)) return { kind: 'list', at, items: value.map((item, index) => treeOf(item, { ...at, path: `${at.path}[${index}]` })) };
  return { kind: 'table', at, entries: new Map(Object.entries(value).map(([key, item]) => [key, entryOf(item, { ...at, path: `${at.path}.${key}` })])) };
}

const isList = (value: Literal): value is readonly Literal[] => Array.isArray(value);
const leafOf = (value: unknown, at: Place, text?: string): Leaf => ({ kind: 'leaf', at, value, ...(text === undefined ? {} : { text }) });
