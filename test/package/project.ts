import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder somewhere else on this machine, in which commands are run as a stranger to this repository runs them. */
export interface Project {
  readonly dir: string;
  run(command: string, ...args: readonly string[]): SpawnSyncReturns<string>;
  /** As `run`, and the command must succeed. Gives its stdout. */
  must(command: string, ...args: readonly string[]): string;
  remove(): void;
}

export function emptyProject(): Project {
  const dir = mkdtempSync(join(tmpdir(), 'plinth-stranger-'));
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const run = (command: string, ...args: readonly string[]): SpawnSyncReturns<string> => spawnSync(command, args, { cwd: dir, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...env, NO_COLOR: '1', CI: '1' } });
  return {
    dir,
    run,
    must(command, ...args) {
      const { status, signal, stdout, stderr, error } = run(command, ...args);
      if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${signal ?? status}\n${stdout}\n${stderr}\n${error?.message ?? ''}`);
      return stdout;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Builds and packs Plinth as it would be published, into a folder. Gives the tarball's path. */
export function packInto(folder: string): string {
  for (const [command, ...args] of [['node', 'scripts/build.mjs']]) {
    const { status, stderr, stdout } = spawnSync(command ?? '', args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  }
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}
