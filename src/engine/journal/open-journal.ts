import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, RunEvent } from '../../report/event.ts';
import type { RunMeta } from './meta.ts';

/** Runs that are kept, 50 in all; the oldest go first. Plans are made often and missed seldom: they never push out a run that can be resumed. */
const kept = { apply: 40, plan: 10 };

/** Sorts by time, reads as one word: `20261120-185015-3f9a`. */
export const newRunId = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;

/**
 * Writes a run down as it happens: one event a line with `t`, when it was told in ms since the journal began; on the disk before the next task begins where an event was made.
 * Nothing depends on it: when it cannot be written, `note` is told once and the run goes on.
 */
export function openJournal(root: string, meta: RunMeta, note: (message: string) => void): Reporter {
  const dir = join(root, meta.mode === 'plan' ? `${meta.id}.plan` : meta.id);
  const begun = performance.now();
  let file: number | undefined;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      // First of all: the note itself is an event.
      file = undefined;
      note(`the run is not written down in ${root}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  attempt(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, 'meta.json'), `${JSON.stringify(meta, undefined, 2)}\n`, { mode: 0o600 });
    file = openSync(join(dir, 'events.jsonl'), 'a', 0o600);
  });
  return {
    on(event: RunEvent) {
      const open = file;
      if (open === undefined) return;
      attempt(() => {
        writeSync(open, `${JSON.stringify({ ...event, t: Math.round(performance.now() - begun) })}\n`);
        if (mustLast(event)) fdatasyncSync(open);
      });
    },
    end() {
      if (file === undefined) return;
      closeSync(file);
      file = undefined;
      attempt(() => prune(root));
    },
  };
}

/**
 * What a resumed run has to know even if the power of this machine fails: states are read again anyhow, so only events. Waiting for the
 * disk after every change of every host held all of them up.
 */
const mustLast = (event: RunEvent): boolean => event.type === 'taskResult' && event.event === true && (event.status === 'changed' || event.status === 'ok');

function prune(root: string): void {
  const names = readdirSync(root).toSorted();
  const applies = names.filter((name) => /^\d{8}-\d{6}-[0-9a-f]+$/.test(name));
  const plans = names.filter((name) => /^\d{8}-\d{6}-[0-9a-f]+\.plan$/.test(name));
  for (const name of [...applies.slice(0, -kept.apply), ...plans.slice(0, -kept.plan)]) rmSync(join(root, name), { recursive: true, force: true });
}
