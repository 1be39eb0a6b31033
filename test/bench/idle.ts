// Opens N connections, spread over the nodes, and says what they cost this process. Run: node --expose-gc idle.cjs NODES.json N
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openConnection } from '../../src/transport/index.ts';

const nodes = z.array(z.object({ name: z.string(), address: z.string(), port: z.int(), user: z.string(), identityFile: z.string(), hostKey: z.string() })).parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const count = Number(process.argv[3] ?? 200);

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const resident = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};
