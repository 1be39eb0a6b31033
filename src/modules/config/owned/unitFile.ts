import { z } from 'zod';

const suffix = /\.(service|socket|timer|path|mount|automount|swap|target|slice)$/;

/** The name of a unit that has a file of its own; a template such as `worker@.service` too. Given back with its ending. */
export const unitFileName = () =>
  z
    .string()
    .regex(/^[A-Za-z0-9:_.\\@][A-Za-z0-9:_.\\@-]*$/, 'must be the name of a unit, such as backup or backup.timer')
    .transform((name) => (suffix.test(name) ? name : `${name}.service`));

/** systemd tells nothing of a template itself. */
export const isTemplate = (name: string): boolean => /@\.\w+$/.test(name);
