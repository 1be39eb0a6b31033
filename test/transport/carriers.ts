import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../src/contract/connection.ts';
import { fakeConnection, localConnection } from '../../src/transport/index.ts';

/** One way to a shell, for the contract suite. */
export interface Carrier {
  readonly name: string;
  open(): Promise<Connection>;
  close?(): Promise<void>;
}

/** A directory with nothing but busybox in it, under all its names. */
function busyboxOnly(dir: string): string {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  for (const name of execFileSync('busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n')) symlinkSync('/bin/busybox', join(bin, name));
  return bin;
}

const shells = [{ shell: '/bin/dash' }, { shell: '/bin/bash --posix' }, { shell: '/bin/busybox sh', alone: true }];

/** The carriers that need nothing but this machine's shells. */
export const plainCarriers: readonly Carrier[] = [
  { name: 'local', open: () => localConnection({ host: 'here' }) },
  ...shells.map(({ shell, alone }): Carrier => {
    const dirs: string[] = [];
    return {
      name: `fake (${shell}${alone ? ', no other program' : ''})`,
      async open() {
        const dir = await mkdtemp(join(tmpdir(), 'plinth-fake-'));
        dirs.push(dir);
        return fakeConnection({ host: 'fake', dir, shell, ...(alone ? { path: busyboxOnly(dir) } : {}) });
      },
      close: async () => void (await Promise.all(dirs.map((dir) => rm(dir, { recursive: true })))),
    };
  }),
];
