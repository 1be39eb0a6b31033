import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Live processes whose argv holds `marker`. */
export function marked(marker: string): number[] {
  const found: number[] = [];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(marker)) found.push(Number(pid));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Waits until `settled` holds; gives up after `limit` ms and says what it saw last. */
export async function eventually<T>(look: () => T, settled: (value: T) => boolean, limit = 15_000): Promise<T> {
  const until = Date.now() + limit;
  for (;;) {
    const value = look();
    if (settled(value) || Date.now() > until) return value;
    await sleep(50);
  }
}

export const goneMarked = (marker: string): Promise<number[]> => eventually(() => marked(marker), (pids) => pids.length === 0);

let count = 0;
/** A number of seconds nobody else sleeps for: it marks a process in its argv. */
export const longSleep = (): string => `${process.pid}${String(count++).padStart(3, '0')}.25`;
