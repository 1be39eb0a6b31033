/** Versions of the tools a project uses beside Plinth. A test keeps them equal to our own. */
export const toolVersions = { typescript: '7.0.2', vitest: '4.1.12', zod: '4.6.7', node: '20.19.43' } as const;

/** What the starter wants in package.json. Whatever a project says already is kept. */
export const packageFields = (name: string, version: string, playbook: string): Record<string, string | boolean | Record<string, string>> => ({
  name,
  private: true,
  type: 'module',
  scripts: {
    check: 'tsc',
    test: 'vitest run',
    schema: 'plinth schema > inventory/schema.json',
    plan: `plinth plan ${playbook}`,
    apply: `plinth apply ${playbook}`,
  },
  dependencies: { plinth: `^${version}`, zod: `^${toolVersions.zod}` },
  devDependencies: { '@types/node': `^${toolVersions.node}`, typescript: `^${toolVersions.typescript}`, vitest: `^${toolVersions.vitest}` },
});
