import { z } from 'zod';

/** The name of a network card or link, as the kernel allows it. */
export const nicName = () => z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/, 'must be the name of a network card, such as eth0');
