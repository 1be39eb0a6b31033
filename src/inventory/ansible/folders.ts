import { readdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import { displayPath, readInventoryFile } from '../source/file.ts';
import type { Place } from '../source/tree.ts';
import { ansibleDiagnostic, type AnsibleInventory, groupNamed } from './inventory.ts';
import { parseAnsibleYaml } from './yaml.ts';

const extensions = ['', '.yml', '.yaml', '.json'];

/**
 * Reads group_vars/ and host_vars/ of a folder: for each name a file or a folder of files, in Ansible's own order, which takes
 * the first of NAME, NAME.yml, NAME.yaml and NAME.json. Files that count for nothing are warned of, but for those beside
 * playbooks, which may serve other inventories.
 */
export async function readVarsFolders(folder: string, beside: 'inventory' | 'playbooks', cwd: string, into: AnsibleInventory): Promise<void> {
  for (const [kind, names] of [['group_vars', new Set(['all', 'ungrouped', ...into.groups.keys()])], ['host_vars', new Set(into.hosts.keys())]] as const) {
    const base = join(folder, kind);
    const present = (await readdir(base).catch(() => [])).filter(isRead).toSorted();
    const used = new Set<string>();
    for (const name of present.length === 0 ? [] : names) {
      const [first, ...shadowed] = extensions.map((extension) => `${name}${extension}`).filter((file) => present.includes(file));
      if (first === undefined) continue;
      for (const file of [first, ...shadowed]) used.add(file);
      for (const file of shadowed) into.warnings.push(ansibleDiagnostic(placeOf(join(base, file), cwd), `${kind}/${file} counts for nothing beside ${kind}/${first}`, 'Ansible reads one of them; put both into one folder'));
      for (const file of await filesIn(join(base, first))) await readVars(file, { kind, name, beside }, cwd, into);
    }
    for (const file of beside === 'playbooks' ? [] : present) {
      if (used.has(file) || !extensions.some((extension) => file.endsWith(extension))) continue;
      const bare = file.replace(/\.(ya?ml|json)$/, '');
      if (bare.endsWith('.sops')) {
        into.warnings.push(ansibleDiagnostic(placeOf(join(base, file), cwd), 'this file is encrypted with SOPS and was not read', 'name what is needed of it in a Plinth file beside: -i INVENTORY -i more.yaml with `!secret "sops:FILE#NAME"`'));
        continue;
      }
      const meant = nearest(bare, names);
      into.warnings.push(ansibleDiagnostic(placeOf(join(base, file), cwd), `${kind}/${file}: there is no ${kind === 'group_vars' ? 'group' : 'host'} "${bare}"`, meant ? `did you mean ${meant}?` : 'its variables count for nobody'));
    }
  }
}

/**
 * Where the playbooks of an inventory lie, as far as vars folders tell: the nearest folder above it that has any, the working
 * folder the last. Ansible reads those beside the playbook that it runs, and here none of its playbooks is run.
 */
export async function playbooksFolder(inventoryFolder: string, cwd: string): Promise<string | undefined> {
  for (let folder = inventoryFolder; folder.startsWith(`${cwd}${sep}`); ) {
    folder = dirname(folder);
    const names: readonly string[] = await readdir(folder).catch(() => []);
    if (names.includes('group_vars') || names.includes('host_vars')) return folder;
  }
  return undefined;
}

/** A file itself; of a folder all that Ansible reads, those in folders within included. */
async function filesIn(path: string): Promise<readonly string[]> {
  if (!(await isFolder(path))) return [path];
  const names = (await readdir(path)).filter(isRead).toSorted();
  const found: string[] = [];
  for (const name of names) {
    if ((await isFolder(join(path, name))) || /^[^.]+$|\.(ya?ml|json)$/.test(name)) found.push(...(await filesIn(join(path, name))));
  }
  return found;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
const isRead = (name: string): boolean => !name.startsWith('.') && !name.endsWith('~');
const placeOf = (path: string, cwd: string): Place => ({ file: displayPath(path, cwd), line: 1, col: 1, path: '' });

interface Owner {
  readonly kind: 'group_vars' | 'host_vars';
  readonly name: string;
  readonly beside: 'inventory' | 'playbooks';
}

async function readVars(path: string, { kind, name, beside }: Owner, cwd: string, into: AnsibleInventory): Promise<void> {
  const at = placeOf(path, cwd);
  try {
    const text = await readInventoryFile(path, cwd);
    if (text.startsWith('$ANSIBLE_VAULT;')) {
      into.warnings.push(ansibleDiagnostic(at, "this file is encrypted by Ansible's vault and was not read", `what is needed of it goes into a Plinth file beside (-i INVENTORY -i more.yaml), secrets as \`!secret env:NAME\`; \`ansible-vault view ${at.file}\` shows it`));
      return;
    }
    const { tree, warnings } = parseAnsibleYaml(text, at.file);
    into.warnings.push(...warnings);
    if (tree.kind === 'leaf' && tree.value === null) return;
    if (tree.kind !== 'table') return void into.complaints.push(ansibleDiagnostic(at, `${kind} of ${name}: variables are a map`, 'as in `timezone: Europe/Berlin`'));
    const owner = kind === 'host_vars' ? into.hosts.get(name) : groupNamed(into, name, at);
    owner?.[beside === 'inventory' ? 'inFolder' : 'inPlaybooks'].push(tree);
  } catch (error) {
    if (!(error instanceof PlinthError)) throw error;
    into.complaints.push(...error.diagnostics);
  }
}
