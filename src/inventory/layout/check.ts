import { z } from 'zod';
import { type Diagnostic, PlinthError } from '../../contract/index.ts';
import { placeOf, sayIssue } from '../check/issue.ts';
import { nearest } from '../../contract/nearest.ts';
import { plain, type Table, type Tree, treeAt } from '../source/tree.ts';
import { layoutSchema } from './schema.ts';
import { sshSchema } from './ssh.ts';

/** Compiling a schema pays off after many values; a file is one. */
const once = { jitless: true };
const schema = layoutSchema(z.record(z.string(), z.unknown()));

/**
 * Whether a document has the form of an inventory; its variables are checked later, when they are merged.
 * @throws PlinthError with every complaint at its key or value.
 */
export function checkLayout(tree: Tree): Table {
  if (tree.kind !== 'table') throw new PlinthError({ cause: 'inventory', summary: tree.kind === 'leaf' && tree.value === null ? 'the inventory is empty' : 'an inventory is a map', at: [tree.at], hint: 'name hosts: `groups: { workers: { hosts: [node1, node2] } }`' });
  const parsed = schema.safeParse(plain(tree), once);
  if (parsed.success) return tree;
  throw new PlinthError(parsed.error.issues.flatMap((issue) => sayIssue(issue, tree)).map((said): Diagnostic => {
    const at = placeOf(said, tree);
    const hint = said.hint ?? (said.key === undefined ? undefined : unknownKeyHint(said.path, said.key, tree));
    return { cause: 'inventory', summary: `${at.path === '' ? '' : `${at.path}: `}${said.what}`, at: [at], ...(hint === undefined ? {} : { hint }) };
  }));
}

/** The keys of each level, by what stands above them. */
const known = {
  top: ['vars', 'ssh', 'groups', 'hosts'],
  group: ['hosts', 'children', 'vars', 'ssh', 'priority'],
  host: ['vars', 'ssh'],
  ssh: Object.keys(sshSchema.shape),
};

function unknownKeyHint(path: readonly PropertyKey[], key: string, tree: Tree): string {
  const level = levelOf(path);
  const inHost = path.includes('hosts');
  const keys = level === 'ssh' && inHost ? ['address', ...known.ssh] : known[level];
  if (level === 'ssh' && key === 'address') return 'every host has its own address: give it under the host';
  if (level === 'top' && key === 'all') return 'this looks like an Ansible inventory: put its variables under "vars" and its groups under "groups"';
  if (level === 'host' && known.ssh.concat('address').includes(key)) return `write it under ssh: \`ssh: { ${key}: ... }\``;
  const ansible = /^ansible_(?:ssh_)?(host|port|user|connection|become|private_key_file)$/.exec(key)?.[1];
  if (ansible !== undefined) return `Ansible's ${key} is \`ssh: { ${{ host: 'address', private_key_file: 'identityFile', connection: 'transport' }[ansible] ?? ansible}: ... }\` here`;
  const meant = nearest(key, keys);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (level === 'host' || (level === 'group' && treeAt(tree, [...path, key])?.kind !== 'table')) return `variables stand under vars: \`vars: { ${key}: ... }\``;
  return `known here: ${keys.join(', ')}`;
}

/** Every map whose keys are fixed is one of these; ssh settings are what remains. */
function levelOf(path: readonly PropertyKey[]): keyof typeof known {
  if (path.length === 0) return 'top';
  if (path.length === 2 && path[0] === 'groups') return 'group';
  return path.length % 2 === 0 && path.at(-2) === 'hosts' ? 'host' : 'ssh';
}
