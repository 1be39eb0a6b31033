import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { gitignore } from '../starter/readme.ts';
import { tsconfig } from '../starter/tsconfig.ts';
import type { Answers } from './answers.ts';
import { clusterInventory } from './inventory.ts';

/** Where the nodes of a cluster are described. */
export const inventoryFile = ({ cluster }: Answers): string => `inventory/${cluster.name}.yaml`;
export const bootstrap = 'playbooks/bootstrap.ts';

/**
 * Every file of a cluster project but package.json. The playbooks are copies of those that come with Plinth, with the schema and the
 * templates they use: the user's own from here on.
 */
export async function clusterFiles(name: string, answers: Answers): Promise<ReadonlyMap<string, string>> {
  const root = packageRoot();
  const copied = (await Promise.all([copies(root, 'playbooks', /\.ts$/), copies(root, 'inventory', /\.ts$/), copies(root, 'templates', /\.(ts|hbs)$/)])).flat();
  return new Map([['.gitignore', gitignore], ['README.md', readme(name, answers)], ['tsconfig.json', tsconfig.replace('"strict": true,', '"types": ["node"],\n    "strict": true,').replace('"include": ["playbooks", "inventory", "modules", "test"]', '"include": ["playbooks", "inventory", "templates"]')], [inventoryFile(answers), clusterInventory(answers, bootstrap)], ...copied]);
}

async function copies(root: string, folder: string, wanted: RegExp): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && wanted.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^[\\/]/, ''));
  return Promise.all(files.toSorted().map(async (file) => [file.replaceAll('\\', '/'), await readFile(join(root, file), 'utf8')] as const));
}

const readme = (name: string, answers: Answers): string => `# ${name}

The Kubernetes cluster ${answers.cluster.name}, from bare nodes, described in TypeScript and built by Plinth.

    npm install                                       # once
    npx tsc                                           # do playbooks and inventory schema fit together?
    npx plinth doctor                                 # can every node be reached, and is it sound?
    npx plinth plan ${bootstrap}          # what would be done; changes nothing
    npx plinth apply ${bootstrap}         # done; again: nothing changes

- \`${inventoryFile(answers)}\` says which nodes there are and what the cluster is to be; \`inventory/schema.ts\` which variables there
  are. After changing the schema, \`npm run schema\` tells your editor.
- \`playbooks/\` are copies of those that come with Plinth, and yours to change.
- Secrets stand in no file: \`npx plinth secrets init\`, then \`!secret age:NAME\` in the inventory.
`;
