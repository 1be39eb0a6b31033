import { z } from 'zod';

/** The name of a systemd unit, given back with its ending. */
export const unitName = () =>
  z
    .string()
    .regex(/^[A-Za-z0-9:_.\\@-]+$/, 'must be the name of a unit, such as ssh or fstrim.timer')
    .refine((name) => !/@(\.\w+)?$/.test(name), 'is a template: name an instance of it, such as getty@tty1')
    .refine((name) => !name.startsWith('-'), 'must not begin with a dash')
    .transform((name) => (/\.(service|socket|timer|path|mount|automount|swap|target|slice|scope|device)$/.test(name) ? name : `${name}.service`));
