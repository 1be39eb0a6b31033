import { join } from 'node:path';
import type { Io } from '../context.ts';

/** Runs are written down where the command is run: `.plinth/runs`. */
export const journalDir = ({ cwd }: Pick<Io, 'cwd'>): string => join(cwd, '.plinth', 'runs');
