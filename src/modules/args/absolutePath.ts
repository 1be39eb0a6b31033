import { z } from 'zod';

/** An absolute path on a node, in the one spelling that readings of several tasks share. */
export const absolutePath = () =>
  z
    .string()
    .startsWith('/', 'must be an absolute path')
    .refine((value) => !value.includes('\0'), 'cannot hold a NUL byte')
    .refine((value) => !value.split('/').some((part) => part === '.' || part === '..'), 'must not hold . or .. as a part')
    .transform((value) => value.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1'));
