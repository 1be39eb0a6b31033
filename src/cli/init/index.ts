import { access, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import { quote } from '../../contract/script/quote.ts';
import type { Answers } from './cluster/answers.ts';
import { bootstrap, clusterFiles } from './cluster/files.ts';
import { mergedPackageJson } from './package-file.ts';
import { starterFiles } from './starter/files.ts';

export interface Started {
  /** The project's folder, absolute. */
  readonly dir: string;
  /** Files written, inside the folder. */
  readonly files: readonly string[];
  /** Commands to type next, in order. */
  readonly next: readonly string[];
}

/**
 * Writes a project that compiles, plans and applies: with answers, of a cluster; else one to try in a lab. Only package.json may be
 * there already: it is added to.
 * @throws PlinthError with every file that is in the way; nothing is written then.
 */
export async function initProject(cwd: string, folder: string, version: string, answers?: Answers): Promise<Started> {
  const dir = resolve(cwd, folder);
  const name = projectName(dir);
  const files = answers ? await clusterFiles(name, answers) : starterFiles(name);
  const inTheWay = (await Promise.all([...files.keys()].map(async (file) => ((await exists(join(dir, file))) ? [file] : [])))).flat();
  if (inTheWay.length > 0) {
    throw new PlinthError({ cause: 'usage', summary: `${dir} holds files that the starter would overwrite; nothing was written`, detail: inTheWay.join('\n'), hint: 'Give another folder (plinth init DIR), or move these away.' });
  }
  const packageJson = await mergedPackageJson(join(dir, 'package.json'), name, version, answers ? bootstrap : 'playbooks/site.ts');
  await write(dir, 'package.json', packageJson);
  for (const [file, text] of files) await write(dir, file, text);
  const lab = '-i inventory/lab.yaml -i .plinth/lab/lab/inventory.yaml';
  const trial = ['sudo npx plinth lab up', `sudo npx plinth plan playbooks/site.ts ${lab}`];
  const real = [...(answers?.sudo === 'keep' ? ['npx plinth secrets init', 'npx plinth secrets edit     # sudoPassword: ...'] : []), 'npx plinth doctor', `npx plinth plan ${bootstrap}`];
  return { dir, files: ['package.json', ...files.keys()], next: [...(dir === resolve(cwd) ? [] : [`cd ${quote(folder)}`]), 'npm install', 'npx tsc', ...(answers ? real : trial)] };
}

/** A name npm accepts, after the folder. */
const projectName = (dir: string): string => basename(dir).toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'site';

async function write(dir: string, file: string, text: string): Promise<void> {
  const path = join(dir, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
