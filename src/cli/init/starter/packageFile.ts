/** Versions of the tools a project uses beside Plinth. A test keeps them equal to our own. */
export const toolVersions = { typescript: '7.0.2', vitest: '4.1.12', zod: '4.6.7' } as const;

/** What the starter wants in package.json. Whatever a project says already is kept. */
export const packageFields = (name: string, version: string): Record<string, string | boolean | Record<string, string>> => ({
  name,
  private: true,
  type: 'module',
  scripts: {
    check: 'tsc',
    test: 'vitest run',
    schema: 'plinth schema > inventory/schema.json',
    plan: 'plinth plan playbooks/site.ts',
    apply: 'plinth apply playbooks/site.ts',
  },
  dependencies: { plinth: `^${version}`, zod: `^${toolVersions.zod}` },
  devDependencies: { typescript: `^${toolVersions.typescript}`, vitest: `^${toolVersions.vitest}` },
});
