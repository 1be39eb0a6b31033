import { z } from 'zod';

/** CPUs as the kernel lists them: `0-3,8`. */
export const cpuList = () => z.string().regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, "must be a list of CPUs, such as '0-3,8'");
