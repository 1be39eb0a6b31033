import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Diagnostic, showLocated } from '../../contract/index.ts';
import { displayPath } from '../source/file.ts';

/** Settings of ansible.cfg that say how hosts are reached, and what says the same here. */
const telling: Readonly<Record<string, (value: string) => string>> = {
  remote_user: (value) => `user: ${value}`,
  private_key_file: (value) => `identityFile: ${value}`,
  remote_port: (value) => `port: ${value}`,
  ssh_args: () => 'proxyJump or proxyCommand, where it holds one',
  ssh_common_args: () => 'proxyJump or proxyCommand, where it holds one',
  ssh_extra_args: () => 'proxyJump or proxyCommand, where it holds one',
};

/**
 * A warning where an ansible.cfg says how hosts are reached: it belongs to Ansible's command line rather than to the
 * inventory, and is looked for where Ansible would, in the working folder, and in the folder of the inventory.
 */
export async function configWarnings(inventoryFolder: string, cwd: string): Promise<readonly Diagnostic[]> {
  for (const folder of new Set([cwd, inventoryFolder, dirname(inventoryFolder)])) {
    const path = join(folder, 'ansible.cfg');
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return warningsOf(text, displayPath(path, cwd));
  }
  return [];
}

function warningsOf(text: string, file: string): readonly Diagnostic[] {
  const found = text.split(/\r?\n/).flatMap((line, index) => {
    const [, name = '', value = ''] = /^\s*(\w+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    const like = Object.hasOwn(telling, name) && value !== '' ? telling[name] : undefined;
    // Arguments that name no proxy only tune the client.
    if (!like || (name.endsWith('_args') && !/proxy|-J/i.test(value))) return [];
    return [{ at: { file, line: index + 1, col: 1 }, said: `${name} = ${value}`, like: like(value) }];
  });
  const [first] = found;
  if (!first) return [];
  return [{ cause: 'inventory', summary: `${found.map(({ said }) => said).join(', ')}: ansible.cfg is not read here`, at: [first.at], ...(found.length > 1 ? { detail: `also ${found.slice(1).map(({ at }) => showLocated(at)).join(', ')}` } : {}), hint: `say it in a Plinth file beside, -i INVENTORY -i more.yaml: \`ssh: { ${found.map(({ like }) => like).join(', ')} }\`` }];
}
