import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from './fail.ts';
import type { Place } from './locate.ts';

/**
 * Does `work` while no other process works on the same lab. The lock is a socket with a name but no file (unix(7),
 * abstract): the kernel lets go of it when its holder dies, however that happens. Throws `lab` when it stays taken.
 */
export async function locked<T>({ id, name }: Place, work: () => Promise<T>): Promise<T> {
  const release = await take(`\0plinth-lab.${id}`, name);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function take(path: string, name: string): Promise<() => Promise<void>> {
  for (let waited = 0; waited < 3000; waited += 50) {
    const release = await listen(path);
    if (release) return release;
    await sleep(50);
  }
  throw labError(`another plinth is at work on the lab "${name}"`, { hint: 'Wait until it is done, or end it; its lab can then be cleared with "plinth lab down".' });
}

const listen = (path: string): Promise<(() => Promise<void>) | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(path, () => resolve(() => new Promise((done) => server.close(() => done()))));
  });
