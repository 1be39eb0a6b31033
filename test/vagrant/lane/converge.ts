import type { Lane } from './lane.ts';
import { expectRun, plinth } from './plinth.ts';

/** Plans, applies, and applies again: the plan has no holes, the first run brings everything, the second nothing. */
export async function converge({ plinth: how, steps, machines }: Lane, playbook: string): Promise<void> {
  const name = playbook.replace(/^.*\//, '').replace(/\.ts$/, '');
  await steps.step(`${name}: plan on untouched machines`, async () => {
    const run = await plinth(how, 'plan', playbook);
    expectRun(`the plan of ${name} is not whole`, run, run.end.failed === 0 && run.end.unreachable === 0 && run.end.unknown === 0 && run.end.hosts === machines.length);
  });
  await steps.step(`${name}: apply`, async () => {
    const run = await plinth(how, 'apply', playbook);
    expectRun(`${name} was not applied`, run, run.end.ok && run.code === 0);
    steps.note(`${run.end.changed} changed`);
  });
  await nothingChanges(how, steps, playbook);
}

/** Applies what has been applied: nothing changes. */
export const nothingChanges = (how: Lane['plinth'], steps: Lane['steps'], playbook: string, when = 'apply again'): Promise<void> => {
  const name = playbook.replace(/^.*\//, '').replace(/\.ts$/, '');
  return steps.step(`${name}: ${when}, nothing changes`, async () => {
    const run = await plinth(how, 'apply', playbook);
    expectRun(`${name} changed something although nothing had happened`, run, run.end.ok && run.end.changed === 0);
  });
};
