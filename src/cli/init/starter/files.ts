import { inventory } from './inventory.ts';
import { modulesTest, motd, motdCases } from './motd.ts';
import { playbook } from './playbook.ts';
import { gitignore, readme } from './readme.ts';
import { schema } from './schema.ts';
import { tsconfig } from './tsconfig.ts';

/** Every file of the starter but package.json: path inside the project, and text. */
export const starterFiles = (name: string): ReadonlyMap<string, string> =>
  new Map([
    ['.gitignore', gitignore],
    ['README.md', readme(name)],
    ['tsconfig.json', tsconfig],
    ['inventory/schema.ts', schema],
    ['inventory/lab.yaml', inventory],
    ['playbooks/site.ts', playbook],
    ['modules/motd/index.ts', motd],
    ...Object.entries(motdCases).map(([file, text]) => [`modules/motd/cases/${file}`, text] as const),
    ['test/modules.test.ts', modulesTest],
  ]);
