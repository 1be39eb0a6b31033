import { isAbsolute, relative } from 'node:path';
import { Document, isMap, Scalar } from 'yaml';
import { z } from 'zod';
import { type Diagnostic, PlinthError, Secret } from '../../../contract/index.ts';
import { isPlain } from '../../check/plain.ts';
import { mergeHosts } from '../../hosts.ts';
import { emptyDraft } from '../../layout/draft.ts';
import { groupTree } from '../../layout/groups.ts';
import { type Merged, valueOf } from '../../merge/merge.ts';
import { openKeyring } from '../../secrets/keyring.ts';
import { addAnsible } from '../draft.ts';
import { ansibleDiagnostic } from '../inventory.ts';
import { pickVariables } from '../pick.ts';
import { readAnsible } from '../read.ts';
import { type Had, place, type Placed } from './place.ts';
import { schemaText } from './schemaText.ts';
import { plainSecrets } from './secrets.ts';

export interface Imported {
  /** Texts of the files to write, by name. secret.env is among them where the inventory held passwords. */
  readonly files: ReadonlyMap<string, string>;
  readonly hosts: number;
  readonly groups: number;
  /** Everything that was left out, and why. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * An inventory of Ansible as one of ours, in the folder `out`: the same hosts, groups, variables and connections.
 * @throws PlinthError where it cannot be read, or a group has a name that none of ours may have.
 */
export async function importAnsible(path: string, { cwd, env, out }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>>; readonly out: string }): Promise<Imported> {
  const inventory = await readAnsible(path, { cwd, env });
  const draft = emptyDraft();
  addAnsible(draft, inventory, { cwd, secretOf: openKeyring({ cwd, env }).secretOf });
  const tree = groupTree(draft);
  const odd = [...draft.groups.values()].filter(({ name }) => !/^[A-Za-z][A-Za-z0-9_-]*$/.test(name));
  if (odd.length > 0) throw new PlinthError(odd.map(({ name, at }) => ansibleDiagnostic(at, `the group "${name}" has a name that no group here may have`, 'rename it: a letter, then letters, digits, _ and -')));
  const { hosts, warnings } = pickVariables(mergeHosts(draft, tree), { shared: z.looseObject({}), groups: {} }, true);
  if (hosts.length === 0) throw new PlinthError({ cause: 'inventory', summary: `${path}: there are no hosts to import` });

  const members = new Map([...draft.groups.keys()].map((group): [string, readonly string[]] => [group, hosts.filter((host) => host.groups.includes(group)).map(({ host }) => host.name)]));
  const vars = place(new Map(hosts.map((host) => [host.host.name, hadOf(host.vars)])), members);
  const ssh = place(new Map(hosts.map((host) => [host.host.name, hadOf(host.sshMerged)])), members, new Set(['address']));
  const secrets = plainSecrets();
  const part = (owner: 'all' | { readonly group: string } | { readonly host: string }): Record<string, unknown> => {
    const of = (placed: Placed): ReadonlyMap<string, unknown> | undefined => (owner === 'all' ? placed.all : 'group' in owner ? placed.groups.get(owner.group) : placed.hosts.get(owner.host));
    const [ownVars, ownSsh] = [of(vars) ?? new Map<string, unknown>(), of(ssh) ?? new Map<string, unknown>()];
    return {
      ...(ownVars.size > 0 ? { vars: Object.fromEntries(ownVars) } : {}),
      ...(ownSsh.size > 0 ? { ssh: Object.fromEntries([...ownSsh].map(([name, value]) => [name, settingText(name, value, out, secrets.referenceOf)])) } : {}),
    };
  };
  const value = {
    ...part('all'),
    hosts: Object.fromEntries(hosts.map(({ host }) => [host.name, nullIfEmpty(part({ host: host.name }))])),
    ...(draft.groups.size === 0
      ? {}
      : {
          groups: Object.fromEntries([...draft.groups.values()].map(({ name, children }) => {
            const own = hosts.filter(({ host }) => host.groups.has(name)).map(({ host }) => host.name);
            const within = [...new Set(children.map((child) => child.name))];
            return [name, nullIfEmpty({ ...(own.length > 0 ? { hosts: own } : {}), ...(within.length > 0 ? { children: within } : {}), ...part({ group: name }) })];
          })),
        }),
  };
  const dotenv = await secrets.text();
  return {
    files: new Map([
      ['hosts.yaml', yamlText(value, path)],
      ['schema.ts', schemaText(hosts.map(({ host, vars: merged }) => ({ name: host.name, vars: recordOf(merged) })), members, vars.groups, path)],
      ...(dotenv === '' ? [] : ([['secret.env', dotenv]] as const)),
    ]),
    hosts: hosts.length,
    groups: draft.groups.size,
    warnings: [...inventory.warnings, ...warnings],
  };
}

const nullIfEmpty = (record: Record<string, unknown>): Record<string, unknown> | null => (Object.keys(record).length === 0 ? null : record);

const hadOf = (merged: Merged | undefined): ReadonlyMap<string, Had> => new Map([...(merged?.children ?? [])].map(([name, child]) => [name, { value: valueOf(child), by: child.winner.layer.name }]));

function recordOf(merged: Merged | undefined): Record<string, unknown> {
  const value = merged ? valueOf(merged) : {};
  return isPlain(value) ? value : {};
}

/** Secrets by reference; files by their way from the new folder, where they lie in the project. */
function settingText(name: string, value: unknown, out: string, referenceOf: (secret: Secret<string>, setting: string) => string): unknown {
  if (value instanceof Secret) {
    const scalar = new Scalar(referenceOf(value, name));
    scalar.tag = '!secret';
    return scalar;
  }
  const isFile = name === 'identityFile' || name === 'config';
  return isFile && typeof value === 'string' && isAbsolute(value) && !relative(out, value).startsWith('../../') ? relative(out, value) : value;
}

function yamlText(value: unknown, from: string): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  document.commentBefore = ` Made from ${from} by \`plinth inventory import\`.`;
  const root = document.contents;
  if (isMap(root)) for (const [index, pair] of root.items.entries()) if (index > 0 && pair.key instanceof Scalar) pair.key.spaceBefore = true;
  return document.toString({ lineWidth: 0, nullStr: '' });
}
