import { defineTemplate } from 'plinth';
import { z } from 'zod';

/** Limits of the journal, a drop-in of journald. */
export const journaldConf = defineTemplate({
  file: new URL('./journald.conf.hbs', import.meta.url),
  vars: z.strictObject({ maxUse: z.string() }),
});
