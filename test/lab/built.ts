import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program as it is installed, `bin/plinth.cjs`; dist is built first where sources are newer than it. */
export const built = (): string => (program ??= build());

let program: string | undefined;

function build(): string {
  const sources = [join(root, 'package.json'), join(root, 'scripts/build.mjs'), ...readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join(root, 'src', name))];
  const newest = Math.max(...sources.filter((path) => /\.(ts|mjs|json)$/.test(path)).map(changedAt));
  if (changedAt(join(root, 'dist/cli.cjs')) < newest) execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(root, 'bin/plinth.cjs');
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
