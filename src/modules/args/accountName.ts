import { z } from 'zod';

/** The name of a user or group. Not a number: the name is what is read back. */
export const accountName = () => z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*\$?$/, 'must be the name of a user or group, not a number');
