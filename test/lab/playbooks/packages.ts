import { defineFleet, playbook } from 'plinth';
import { packages } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ names: z.array(z.string()) }), groups: {} });

export default playbook(fleet, ({ play, groups }) => {
  play('Packages', groups.all, ({ task, vars: { names } }) => {
    task('packages', packages, { names, recommends: false });
  });
});
