import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { displayPath, readInventoryFile } from '../source/file.ts';
import { configWarnings } from './config.ts';
import { playbooksFolder, readVarsFolders } from './folders.ts';
import { readIni } from './ini.ts';
import { type AnsibleInventory, emptyAnsible } from './inventory.ts';
import { readListing } from './listing.ts';
import { type Form, formOf, isPassedOver, isVarsFolder } from './recognise.ts';
import { isScript, runScript } from './script.ts';
import { parseAnsibleYaml } from './yaml.ts';
import { readYamlInventory } from './yamlInventory.ts';

/** What reading needs of the world around. */
export interface Around {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * An inventory of Ansible: a file, a script, or a folder of them (read in order of name, as Ansible does), with the group_vars/
 * and host_vars/ beside it and beside the playbooks above it. Nothing is merged yet; complaints and warnings stand in what is given.
 * @throws PlinthError where it cannot be read at all.
 */
export async function readAnsible(path: string, around: Around): Promise<AnsibleInventory> {
  const full = resolve(around.cwd, path);
  const inventory = emptyAnsible();
  const isFolder = await isDirectory(full);
  if (isFolder) await readFolder(full, around, inventory);
  else await readOne(full, around, inventory);
  const at = { file: displayPath(path, around.cwd), line: 1, col: 1, path: '' };
  if (isFolder && inventory.hosts.size === 0 && inventory.complaints.length === 0) inventory.complaints.push({ cause: 'inventory', summary: `${at.file}: no file of this folder names a host`, hint: 'an Ansible folder holds inventories (hosts.ini, hosts.yml, scripts), group_vars/ and host_vars/' });
  const folder = isFolder ? full : dirname(full);
  await readVarsFolders(folder, 'inventory', around.cwd, inventory);
  const playbooks = await playbooksFolder(folder, resolve(around.cwd));
  if (playbooks !== undefined) await readVarsFolders(playbooks, 'playbooks', around.cwd, inventory);
  inventory.warnings.push(...(await configWarnings(folder, around.cwd)));
  return inventory;
}

/** Whether a folder is an inventory of Ansible: it has vars folders, or a file that only Ansible would read. */
export async function isAnsibleFolder(path: string): Promise<boolean> {
  const names: readonly string[] = await readdir(path).catch(() => []);
  if (names.includes('group_vars') || names.includes('host_vars')) return true;
  for (const name of names.filter((one) => !isPassedOver(one))) {
    const full = join(path, name);
    if (await isDirectory(full)) continue;
    if (await isScript(full)) return true;
    const text = await readInventoryFile(full, path).catch(() => '');
    if (formOf(full, text) !== 'plinth') return true;
  }
  return false;
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

async function readFolder(folder: string, around: Around, into: AnsibleInventory): Promise<void> {
  for (const name of (await readdir(folder)).toSorted()) {
    if (isPassedOver(name) || isVarsFolder(name)) continue;
    const path = join(folder, name);
    if (await isDirectory(path)) await readFolder(path, around, into);
    else await readOne(path, around, into);
  }
}

async function readOne(path: string, around: Around, into: AnsibleInventory): Promise<void> {
  if (await isScript(path)) return runScript(path, around, into);
  const text = await readInventoryFile(path, around.cwd);
  readText(text, path, displayPath(path, around.cwd), into);
}

/** What a program printed in one of Ansible's forms. @throws PlinthError. */
export function readAnsibleText(text: string, label: string): AnsibleInventory {
  const inventory = emptyAnsible();
  readText(text, `${label}.json`, label, inventory);
  return inventory;
}

/** One text that is known to be Ansible's. @throws PlinthError for what is named and not read here, such as plugins. */
function readText(text: string, path: string, file: string, into: AnsibleInventory): void {
  const at = { file, line: 1, col: 1, path: '' };
  const fail = (summary: string, hint: string): PlinthError => new PlinthError({ cause: 'inventory', summary, at: [at], hint });
  if (text.startsWith('$ANSIBLE_VAULT;')) throw fail("the inventory is encrypted by Ansible's vault, which cannot be opened here", '`ansible-vault decrypt` it, or give its output: -i "command:ansible-vault view FILE"');
  if (extname(path) === '.toml') throw fail('inventories in TOML are not read', 'give what Ansible makes of it: -i "command:ansible-inventory -i FILE --list"');
  const form: Form = formOf(path, text);
  if (form === 'ini') return readIni(text, file, into);
  const { tree, warnings } = parseAnsibleYaml(text, file);
  into.warnings.push(...warnings);
  if (form === 'plugin') {
    const plugin = tree.kind === 'table' ? tree.entries.get('plugin') : undefined;
    const name = plugin?.value.kind === 'leaf' ? String(plugin.value.value) : '';
    throw new PlinthError({ cause: 'inventory', summary: `this configures the inventory plugin ${name}, and plugins are Python of Ansible's`, at: [plugin?.keyAt ?? at], hint: `give what it finds: -i "command:ansible-inventory -i ${file} --list", or another source (vagrant:, terraform:, command:)` });
  }
  if (form === 'listing') readListing(tree, into);
  else readYamlInventory(tree, into);
}
