import { main } from './main.ts';
import { processIo } from './process-io.ts';

/** What bin/plinth.cjs starts: this process, from its arguments to its exit code. */
export const start = (version: string): Promise<number> => main(process.argv.slice(2), processIo(version));
