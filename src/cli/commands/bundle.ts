import { defineCommand } from '../arguments/command.ts';
import { bundleOptions } from '../bundle/options.ts';

export const bundle = defineCommand({
  name: 'bundle',
  summary: 'Folders with all that a cluster needs where there is no internet: create, verify, show.',
  args: [
    { name: 'ACTION', summary: 'create, verify DIR or show DIR', complete: ['create', 'verify', 'show'] },
    { name: 'DIR', summary: 'the folder of the bundle', optional: true, complete: 'file' },
  ],
  options: bundleOptions,
  examples: ['plinth bundle create --from ./bundle', 'plinth bundle create -i inventory/home.yaml --to ./bundle', 'plinth bundle verify ./bundle', 'plinth bundle show ./bundle --output json'],
  run: async (input, context) => (await import('../bundle/bundle.ts')).bundle(input, context),
});
