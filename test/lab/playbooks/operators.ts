import { defineFleet, playbook } from 'plinth';
import { command, directory } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ critical: z.boolean().default(false) }), groups: {} });

/** Two events with a step between them that waits until it is let through. */
export default playbook(fleet, ({ play, groups }) => {
  play('Main', groups.all, ({ task, vars }) => {
    task('folder', directory, { path: '/srv/op' });
    task('before', command, { run: 'echo before >>/srv/op/events' });
    task('gate', command, { run: 'echo in >>/srv/op/gate; until [ -e /srv/op/go ]; do /run/plinth-slow 0.1; done; echo out >>/srv/op/gate; touch /srv/op/through', creates: '/srv/op/through' }, { critical: vars.critical });
    task('after', command, { run: 'echo after >>/srv/op/events' });
  });
});
