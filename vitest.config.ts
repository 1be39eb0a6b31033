import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests run from source: playbooks and fixtures that say `plinth` get it too. */
const resolve = {
  alias: [
    { find: /^plinth$/, replacement: source('index.ts') },
    { find: /^plinth\/modules$/, replacement: source('modules/index.ts') },
    { find: /^plinth\/testing$/, replacement: source('testing/index.ts') },
  ],
};

/** Suites that share a machine-wide thing (sshd users, labs, the npm cache) run one file after another. */
const serial = { pool: 'forks', fileParallelism: false, testTimeout: 180_000, hookTimeout: 240_000 } as const;
const apart = ['transport', 'lab', 'package', 'vagrant'];

export default defineConfig({
  resolve,
  test: {
    projects: [
      { resolve, test: { name: 'unit', pool: 'forks', include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**', ...apart.map((area) => `test/${area}/**`)], testTimeout: 60_000 } },
      ...apart.map((area) => ({ resolve, test: { name: area, include: [`test/${area}/**/*.test.ts`], ...serial } })),
    ],
  },
});
