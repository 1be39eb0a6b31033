import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/context.ts';
import { main } from '../../src/cli/main.ts';
import { localConnection } from '../../src/transport/index.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with a project in it, and a command line that runs there without a process of its own. */
export interface Project {
  readonly dir: string;
  write(name: string, text: string): string;
  run(...argv: string[]): Promise<Ran>;
  /** The same with parts of the terminal replaced. */
  runWith(io: Partial<Io>, ...argv: string[]): Promise<Ran>;
}

export function createProject(): Project {
  const dir = mkdtempSync(join(tmpdir(), 'plinth-cli-'));
  const write = (name: string, text: string): string => {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const runWith = async (more: Partial<Io>, ...argv: string[]): Promise<Ran> => {
    let [out, err] = ['', ''];
    const io: Io = {
      env: { XDG_CACHE_HOME: join(dir, '.cache'), HOME: dir },
      cwd: dir,
      version: '0.1.0',
      out: (text) => (out += text),
      err: (text) => (err += text),
      terminal: { stdout: false, canAsk: false, columns: 100, rows: 40 },
      ask: async () => '',
      openConnection: ({ host }, options) => localConnection({ host, become: false, ...(options?.signal ? { signal: options.signal } : {}), state: join(dir, '.state', host) }),
      onInterrupt: () => () => undefined,
      exit: (code) => {
        throw new Error(`exit ${code}`);
      },
      ...more,
    };
    const code = await main(argv, io);
    return { code, out: out.replaceAll(dir, 'DIR'), err: err.replaceAll(dir, 'DIR') };
  };
  return { dir, write, runWith, run: (...argv) => runWith({}, ...argv) };
}

/** Three hosts; the tests' own `openConnection` takes this machine for each of them. */
export const localInventory = `ssh: { become: false }
groups:
  controlPlane: { hosts: { cp1: } }
  workers: { hosts: { 'w[1:2]': } }
vars: { dir: DIR }
`;

export const schema = `import { z } from 'zod';
import { defineFleet } from 'plinth';
export const fleet = defineFleet({ shared: z.strictObject({ dir: z.string(), text: z.string().default('hello') }), groups: { controlPlane: z.strictObject({}), workers: z.strictObject({}) } });
`;
