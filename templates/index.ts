import { defineTemplate } from 'plinth';
import { z } from 'zod';

/** Servers that chrony asks for the time, one source file. */
export const chronySources = defineTemplate({
  file: new URL('./chrony.sources.hbs', import.meta.url),
  vars: z.strictObject({ servers: z.array(z.string()).min(1) }),
});

/** Limits of the journal, a drop-in of journald. */
export const journaldConf = defineTemplate({
  file: new URL('./journald.conf.hbs', import.meta.url),
  vars: z.strictObject({ maxUse: z.string() }),
});
