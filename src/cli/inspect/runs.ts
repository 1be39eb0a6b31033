import { PlinthError } from '../../contract/diagnostic.ts';
import { findRun, type JournaledRun, listRuns } from '../../engine/journal/index.ts';
import type { Reporter } from '../../report/event.ts';
import { jsonlReporter } from '../../report/jsonl/jsonl.ts';
import { junitReporter } from '../../report/junit/junit.ts';
import { plainReporter } from '../../report/plain/plain.ts';
import { createStory, tell } from '../../report/story.ts';
import { count } from '../../report/text/count.ts';
import { loadDiff } from '../../report/text/diff.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { journalDir } from '../fleet/journal-dir.ts';
import { formOf } from '../print/form.ts';
import { table } from '../print/table.ts';

export async function runs(input: Input<'diff' | 'verbose', 'output'>, context: Context): Promise<number> {
  const [action, id = 'last', ...more] = input.args;
  if (action === 'diff') return (await import('../report/diff.ts')).diffRuns(input.args.slice(1), formOf(input.text('output'), ['text', 'json']), context);
  const form = formOf(input.text('output'), ['text', 'jsonl', 'junit']);
  const root = journalDir(context);
  if (action === undefined) {
    const all = await listRuns(root);
    if (form !== 'text') throw new PlinthError({ cause: 'usage', summary: `--output ${form} goes with \`plinth runs show RUN\`` });
    context.out(all.length === 0 ? `No run has been made here; they are written down in .plinth/runs.\n` : table(all.map(row), (text, column) => (column === 0 ? context.style.bold(text) : text)));
    return 0;
  }
  if (action !== 'show') throw new PlinthError({ cause: 'usage', summary: `plinth runs shows and compares runs; it cannot "${action}" them`, hint: 'plinth runs show RUN, plinth runs diff A B' });
  if (more.length > 0) throw new PlinthError({ cause: 'usage', summary: `"${more[0]}" is one argument too many`, hint: 'plinth runs show RUN, plinth runs diff A B' });
  const run = await findRun(root, id);
  const reporter: Reporter =
    form === 'jsonl' ? jsonlReporter(context.out) : form === 'junit' ? junitReporter(context.out) : plainReporter({ write: context.out, style: context.style, verbose: input.flag('verbose'), ...(input.flag('diff') ? { diff: await loadDiff() } : {}) });
  for (const event of run.events) reporter.on(event);
  if (!run.end && form === 'text') context.out(`\nThis run ${run.result === 'running' ? `is still going on (process ${run.meta.pid})` : 'never came to its end; go on with `plinth apply --resume`'}.\n`);
  return 0;
}

function row({ meta, events, result }: JournaledRun): string[] {
  const story = createStory();
  for (const event of events) tell(story, event);
  const hosts = [...story.hosts.values()];
  const pending = hosts.filter(({ counts }) => counts['would-change'] > 0).length;
  const changed = hosts.filter(({ counts }) => counts.changed > 0).length;
  const failed = hosts.filter(({ failedAt, unreachable }) => failedAt !== undefined || unreachable).length;
  const told = [meta.mode === 'plan' ? `${count(pending, 'host')} to change` : `${count(changed, 'host')} changed`, ...(failed > 0 ? [`${failed} failed`] : [])].join(', ');
  return [meta.id, `${meta.startedAt.slice(0, 16).replace('T', ' ')}Z`, meta.mode, result, told, `${meta.playbook} -i ${meta.inventory.join(' -i ')}${meta.limit === undefined ? '' : ` --limit ${meta.limit}`}`];
}
