import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { wait } from '../../src/modules/commands/wait/index.ts';
import { planWith } from '../../src/testing/index.ts';
import { perform } from './perform.ts';
import { nodeShells, take } from './read/take.ts';

let server: Server;
let port = 0;
let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "plinth wait's "));
  server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

type Args = z.input<typeof wait.args>;

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('waiting by %s', (_, shell) => {
  const changesOf = async (args: Args) => planWith(wait, args, await take(wait.observe(wait.args.parse(args)), shell)).changes;

  it('sees an open port and a closed one', async () => {
    expect(await changesOf({ port: 1, timeout: 1000 })).toMatchObject([{ what: 'port 1 on 127.0.0.1', from: 'closed', to: 'open' }]);
    expect(await changesOf({ port })).toEqual([]);
    expect(await changesOf({ port, gone: true })).toMatchObject([{ from: 'open', to: 'closed' }]);
  });

  it('fails when its time is over, with what it saw last', async () => {
    const [one] = await changesOf({ path: join(dir, 'never'), timeout: 1000 });
    const outcome = one && (await perform(one.change, shell));
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome?.stderr).toContain(`for ${join(dir, 'never')} in vain; the last look said: nothing`);
    const [test] = await changesOf({ test: 'echo still starting; false', timeout: 1000 });
    expect(test && (await perform(test.change, shell)).stderr).toContain('the last look said: still starting');
  });

  it('goes on as soon as it is so', async () => {
    const file = join(dir, `counted ${shell.join('-')}`);
    const [one] = await changesOf({ test: `echo x >>'${file.replaceAll("'", `'\\''`)}'; [ "$(wc -l <'${file.replaceAll("'", `'\\''`)}')" -ge 3 ]`, timeout: 60_000 });
    expect(one && (await perform(one.change, shell))).toMatchObject({ code: 0, stderr: '' });
    expect(one?.change.passive).toBe(true);
  });
});
