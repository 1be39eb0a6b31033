import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests run from source: playbooks and fixtures that say `plinth` get it too. */
const resolve = {
  alias: [
    { find: /^plinth$/, replacement: source('index.ts') },
    { find: /^plinth\/modules$/, replacement: source('modules/index.ts') },
    { find: /^plinth\/cluster$/, replacement: source('cluster/index.ts') },
    { find: /^plinth\/testing$/, replacement: source('testing/index.ts') },
  ],
};

const seeded = { setupFiles: [fileURLToPath(new URL('test/seed.ts', import.meta.url))] };
/**
 * Suites that share a machine-wide thing (sshd and its users, labs, packages) run one file after another. In CI a test of theirs that
 * fails is tried once more, and told as such: what it asks for is real work of a machine that may be busy with something else.
 */
const serial = { ...seeded, pool: 'forks', fileParallelism: false, retry: process.env.CI ? 1 : 0, testTimeout: 180_000, hookTimeout: 240_000 } as const;
const parallel = { ...seeded, pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const;
const suites = { contract: parallel, transport: serial, lab: serial, package: serial, vagrant: serial };

export default defineConfig({
  test: {
    projects: [
      { resolve, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**', ...Object.keys(suites).map((name) => `test/${name}/**`)], ...parallel } },
      ...Object.entries(suites).map(([name, how]) => ({ resolve, test: { name, include: [`test/${name}/**/*.test.ts`], ...how } })),
    ],
  },
});
