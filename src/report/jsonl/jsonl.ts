import type { Reporter } from '../event.ts';

/** Every event on a line of its own; the last is `runEnd`. The stable contract for machines: see `runEventSchema`. */
export const jsonlReporter = (write: (text: string) => void): Reporter => ({ on: (event) => write(`${JSON.stringify(event)}\n`) });
