import { type Diagnostic, PlinthError, Secret } from '../contract/index.ts';
import type { FleetHost, FleetSchema } from '../dsl/fleet.ts';
import { checkMachines, fleetWarnings } from './check/fleet.ts';
import { nearest } from '../contract/nearest.ts';
import { isPlain } from './check/plain.ts';
import { checkVars } from './check/vars.ts';
import { explainedAt, explainSection } from './explain.ts';
import { mergeHosts } from './hosts.ts';
import type { Inventory, Origin } from './inventory.ts';
import { type Draft, emptyDraft } from './layout/draft.ts';
import { groupTree } from './layout/groups.ts';
import { conflictDiagnostics } from './merge/conflicts.ts';
import { placeIn, treeOf } from './merge/merge.ts';
import { pickVariables } from './ansible/pick.ts';
import type { SourceCache } from './dynamic/cache.ts';
import { findOrigin, remember } from './origin.ts';
import { reachOf } from './reach.ts';
import { openKeyring } from './secrets/keyring.ts';
import type { SecretSources } from './secrets/sources.ts';
import { type Document, type Loader, readDocument } from './source/document.ts';
import { displayPath } from './source/file.ts';

export interface InventoryOptions extends SecretSources {
  /** Compiles and imports a TypeScript module, and gives what it exports. Without it, only YAML and JSON can be read. */
  readonly loadModule?: Loader;
  /** Where answers of dynamic sources (`vagrant:`, `command:`, ...) are kept, and whether they are asked anew. */
  readonly cache?: SourceCache;
  /** Names every variable of an Ansible inventory that is left out, instead of the first few. */
  readonly verbose?: boolean;
}

/**
 * Reads one or several files as one inventory (of two files that say the same thing differently, the later wins), merges the
 * variables of every host and checks them against the fleet. Nothing is connected, no secret is asked for.
 * @throws PlinthError with every complaint of the first stage that has any: reading, form, groups, values.
 */
export async function loadInventory(paths: string | readonly string[], fleet: FleetSchema, options: InventoryOptions): Promise<Inventory> {
  const keyring = openKeyring(options);
  const names = typeof paths === 'string' ? [paths] : paths;
  const documents = await collect(names.map((path) => readDocument(path, { cwd: options.cwd, env: options.env, secretOf: keyring.secretOf, load: options.loadModule, cache: options.cache })));
  const draft = emptyDraft();
  for (const document of documents) document.add(draft);
  const tree = groupTree(draft);
  const source = names.map((path) => displayPath(path, options.cwd)).join(', ');
  if (draft.hosts.size === 0) throw new PlinthError({ cause: 'inventory', summary: `${source}: there are no hosts`, hint: 'name some: `groups: { workers: { hosts: [node1, node2] } }`' });

  const picked = pickVariables(mergeHosts(draft, tree), fleet, options.verbose ?? false);
  const subjects = picked.hosts;
  const checked = checkVars(subjects.map(({ vars, ...subject }) => ({ ...subject, tree: vars ? treeOf(vars) : { kind: 'table', at: subject.host.at, entries: new Map() } })), fleet, draft);
  const complaints = [...picked.complaints, ...conflictDiagnostics(subjects), ...checkMachines(subjects), ...checked.complaints];
  if (complaints.length > 0) throw new PlinthError(complaints);

  const origins = new WeakMap<object, Origin>();
  const known = new Map(subjects.map((subject) => [subject.host.name, { ...subject, parsed: checked.vars.get(subject.host.name) ?? {} }]));
  for (const { host, parsed } of known.values()) remember(origins, host.name, parsed);
  const hosts: readonly FleetHost[] = [...known.values()].map(({ host, groups, parsed }) => ({ name: host.name, groups, vars: parsed }));
  const at = (host: string) => {
    const found = known.get(host);
    if (!found) throw new PlinthError({ cause: 'usage', summary: `there is no host "${host}" in ${source}`, hint: hostHint(host, known.keys()) });
    return found;
  };
  const secretsOf = (host: string): readonly Secret[] => [...secretsIn(at(host).parsed), ...secretsIn(at(host).ssh)];

  const inventory: Inventory = {
    hosts,
    origin: (host, value, path) => findOrigin(inventory, host, value, path),
    groups: members(hosts, draft, fleet),
    source,
    files: documents.map((document) => document.file),
    warnings: [...documents.flatMap((document) => document.warnings()), ...picked.warnings, ...fleetWarnings(draft, fleet, hosts)],
    secrets: [...new Set(hosts.flatMap((host) => secretsOf(host.name)))],
    resolveSecrets: (only) => keyring.values([...(only ?? known.keys())].flatMap(secretsOf)),
    reach: async (host) => reachOf(host, at(host).ssh, at(host).sshMerged, options),
    explain: (host, path) => {
      const { vars, parsed, sshMerged, ssh } = at(host);
      const all = [...explainSection('vars', vars, parsed), ...explainSection('ssh', sshMerged, ssh)];
      return path === undefined ? all : explainedAt(all, host, path);
    },
    locate: (host, path) => {
      const place = placeIn(known.get(host)?.vars, path);
      return place && { file: place.file, line: place.line, col: place.col };
    },
    originOf: (value) => origins.get(value),
  };
  return inventory;
}

/** All documents, or the complaints of all that have any. */
async function collect(reading: readonly Promise<Document>[]): Promise<readonly Document[]> {
  const settled = await Promise.allSettled(reading);
  const complaints: Diagnostic[] = [];
  for (const one of settled) {
    if (one.status === 'fulfilled') continue;
    if (!(one.reason instanceof PlinthError)) throw one.reason;
    complaints.push(...one.reason.diagnostics);
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Every group of the files and of the schema, empty ones too, its hosts in the order of the inventory. */
function members(hosts: readonly FleetHost[], draft: Draft, fleet: FleetSchema): Readonly<Record<string, readonly string[]>> {
  const names = new Set([...draft.groups.keys(), ...Object.keys(fleet.groups)]);
  const found = [...names].map((name): [string, readonly string[]] => [name, hosts.filter((host) => host.groups.includes(name)).map((host) => host.name)]);
  return Object.fromEntries([['all', hosts.map((host) => host.name)], ...found]);
}

function hostHint(host: string, names: Iterable<string>): string {
  const all = [...names];
  const meant = nearest(host, all);
  return meant ? `did you mean "${meant}"?` : `there are: ${all.slice(0, 10).join(', ')}${all.length > 10 ? ` and ${all.length - 10} more` : ''}`;
}

function* secretsIn(value: unknown): Iterable<Secret> {
  if (value instanceof Secret) yield value;
  else if (Array.isArray(value)) for (const item of value) yield* secretsIn(item);
  else if (isPlain(value)) for (const item of Object.values(value)) yield* secretsIn(item);
}
