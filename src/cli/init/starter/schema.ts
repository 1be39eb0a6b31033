export const schema = `import { defineFleet } from 'plinth';
import { z } from 'zod';

/**
 * The variables of every host, and what each group adds to them. The inventory is checked against this, and playbooks
 * get their types from it: a variable that is misspelt or missing is an error at its line.
 */
export const fleet = defineFleet({
  shared: z.strictObject({
    greeting: z.string().describe('What people read when they log in.'),
    sysctl: z.record(z.string(), z.union([z.string(), z.int()])).default({}).describe('Kernel parameters by their dotted names.'),
  }),
  groups: {
    controlPlane: z.strictObject({}),
    workers: z.strictObject({
      scratch: z.string().startsWith('/').default('/srv/scratch').describe('A directory anybody may write to.'),
    }),
  },
});
`;
