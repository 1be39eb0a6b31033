import { access, mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { PlinthError, showDiagnostic } from '../../contract/diagnostic.ts';
import { importAnsible } from '../../inventory/ansible/import/importAnsible.ts';
import { count } from '../../report/text/count.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';

/** `plinth inventory import PATH`: writes an inventory of ours. Refuses where a file would be overwritten, and writes nothing then. */
export async function inventory({ args: [action = '', path = ''], text }: Input<never, 'out'>, { cwd, env, out, err, style }: Context): Promise<number> {
  if (action !== 'import') throw new PlinthError({ cause: 'usage', summary: `plinth inventory: there is no action "${action}"`, hint: 'plinth inventory import PATH' });
  const dir = resolve(cwd, text('out') ?? 'inventory');
  const { files, hosts, groups, warnings } = await importAnsible(path.replace(/^ansible:/, ''), { cwd, env, out: dir });
  const inTheWay = (await Promise.all([...files.keys()].map(async (name) => ((await exists(join(dir, name))) ? [name] : [])))).flat();
  const shown = (name: string): string => join(relative(cwd, dir) || '.', name);
  if (inTheWay.length > 0) throw new PlinthError({ cause: 'usage', summary: 'files are in the way that the import would overwrite; nothing was written', detail: inTheWay.map(shown).join('\n'), hint: 'Give another folder (--out DIR), or move these away.' });
  await mkdir(dir, { recursive: true });
  for (const [name, content] of files) await writeFile(join(dir, name), content, { flag: 'wx', mode: name === 'secret.env' ? 0o600 : 0o644 });
  for (const warning of warnings) err(`${style.yellow('left out or changed:')} ${showDiagnostic(warning)}\n`);
  const lines = [...files.keys()].map((name) => `  ${shown(name)}${name === 'secret.env' ? '  (passwords in plain text: keep it out of git)' : ''}\n`);
  out(`imported ${count(hosts, 'host')} in ${count(groups, 'group')}:\n${lines.join('')}\nnext:\n  plinth list -i ${shown('hosts.yaml')}\n  plinth schema -i ${shown('hosts.yaml')} > ${shown('schema.json')}     # for editors\n`);
  return 0;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
