// Opens N connections, spread over the nodes, lets each answer once, and says what they cost this process while they wait.
// Run: node --expose-gc idle.cjs NODES.json N
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createLimiter, openConnection } from '../../src/transport/index.ts';

const nodes = z.array(z.object({ name: z.string(), address: z.string(), port: z.int(), user: z.string(), identityFile: z.string(), hostKey: z.string() })).min(1).parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const count = Number(process.argv[3] ?? 200);

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const resident = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};

async function measure(): Promise<void> {
  const before = resident();
  // Three machines stand in for 200: their sshd drops what starts all at once.
  const limiter = createLimiter({ all: 24 });
  const started = performance.now();
  const connections = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const node = nodes[i % nodes.length];
      if (!node) throw new Error('no nodes');
      const { name, address, port, user, identityFile, hostKey } = node;
      return openConnection({ host: `${name}-${i}`, transport: 'ssh', address, port, user, identityFiles: [identityFile], hostKeys: [`ssh-ed25519 ${hostKey}`], sshConfig: 'none' }, { limiter });
    }),
  );
  await Promise.all(connections.map((connection) => connection.send([{ script: 'put ok yes' }])));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  console.log(`${count} idle connections: ${mib(resident())} resident (${mib(before)} before the first), opened in ${seconds} s`);
  await Promise.all(connections.map((connection) => connection.close()));
}

measure().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
