import { defineFleet, defineTemplate, playbook } from 'plinth';
import { directory, template } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ greeting: z.string(), times: z.int().default(1) }), groups: {} });
const greeting = defineTemplate({ name: 'greeting.hbs', source: '{{greeting}}, {{times}} times\n', vars: z.strictObject({ greeting: z.string(), times: z.int() }) });

/** Two small tasks on every host. */
export default playbook(fleet, ({ play, groups }) => {
  play('Greet', groups.all, ({ task, vars }) => {
    task('folder', directory, { path: '/srv/greet' });
    task('greeting', template, { path: '/srv/greet/text', from: greeting(vars) });
  });
});
