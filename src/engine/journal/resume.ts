import { PlinthError } from '../../contract/diagnostic.ts';
import { type JournaledRun, listRuns } from './read-journal.ts';

export interface Resumed {
  readonly run: JournaledRun;
  /** Events that were made and need not be made again, as `host|task id|digest of args`. */
  readonly done: ReadonlySet<string>;
}

/**
 * The last run of a playbook over an inventory, if it did not come to a good end. States are read again in any case;
 * only events, which nothing on a node shows, are taken from here.
 * @throws PlinthError where there is nothing to go on with.
 */
export async function findResumable(root: string, asked: { readonly playbook: string; readonly inventory: readonly string[] }): Promise<Resumed> {
  const runs = await listRuns(root);
  const own = runs.filter(({ meta }) => meta.mode === 'apply' && meta.playbook === asked.playbook && meta.inventory.join('\0') === asked.inventory.join('\0'));
  const [last] = own;
  if (!last) throw new PlinthError({ cause: 'usage', summary: `there is no run of ${asked.playbook} over ${asked.inventory.join(', ')} to go on with`, hint: '`plinth runs` lists the runs that are known here; without --resume the playbook is applied from its start.' });
  if (last.result === 'ok') throw new PlinthError({ cause: 'usage', summary: `the last run of ${asked.playbook} (${last.meta.id}) came to its end`, hint: 'Apply without --resume.' });
  if (last.result === 'running') throw new PlinthError({ cause: 'usage', summary: `run ${last.meta.id} is still going on (process ${last.meta.pid})`, hint: 'Wait for its end, or stop it.' });
  return { run: last, done: new Set(chain(last, runs).flatMap(doneEvents)) };
}

/** An interrupted run may itself have gone on with another. */
function chain(run: JournaledRun, runs: readonly JournaledRun[]): JournaledRun[] {
  const before = run.meta.resumes === undefined ? undefined : runs.find(({ meta }) => meta.id === run.meta.resumes && meta.startedAt < run.meta.startedAt);
  return before ? [run, ...chain(before, runs)] : [run];
}

const doneEvents = ({ events }: JournaledRun): string[] =>
  events.flatMap((event) => (event.type === 'taskResult' && event.event && (event.status === 'changed' || event.status === 'ok') && event.id !== undefined && event.argsDigest !== undefined ? [`${event.host}|${event.id}|${event.argsDigest}`] : []));
