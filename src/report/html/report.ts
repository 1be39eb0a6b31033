import { loadDiff } from '../text/diff.ts';
import { buildModel } from './model/build.ts';
import type { Stamped } from './model/clock.ts';
import type { About } from './model/model.ts';
import { page } from './page/page.ts';
import { changes } from './sections/changes.ts';
import { header } from './sections/header.ts';
import { hosts } from './sections/hosts.ts';
import { problems } from './sections/problems.ts';
import { slow } from './sections/slow.ts';
import { tasks } from './sections/tasks.ts';
import { timeline } from './sections/timeline.ts';

/** One HTML page about a run, complete in itself. `events` may be those of a run that never came to its end. */
export async function htmlReport(events: readonly Stamped[], about: About): Promise<string> {
  const model = buildModel(events, about);
  const showDiff = await loadDiff();
  const parts = [problems(model), timeline(model), changes(model, showDiff), hosts(model), slow(model), tasks(model)];
  const names = [['problems', model.failures.length > 0 ? 'Problems' : 'Warnings'], ['timeline', 'Timeline'], ['changes', 'Changes'], ['hosts', 'Hosts'], ['slowest', 'Slowest'], ['tasks', 'All tasks']] as const;
  return page(`${model.start?.playbook ?? 'run'} · ${about.result} · Plinth`, names.filter((_, i) => parts[i] !== undefined), [header(model), ...parts]);
}
