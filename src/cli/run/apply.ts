import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { RunEvent } from '../../report/event.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { findInventory } from '../fleet/find-inventory.ts';
import { journalDir } from '../fleet/journal-dir.ts';
import { confirmed } from './confirmed.ts';
import { execute, type Execution } from './execute.ts';
import type { runOptions } from './options.ts';
import { type Asked, type Prepared, prepare, shownPath, split } from './prepare.ts';
import { reported } from './reported.ts';
import { createReporter, isForMachines, outputOf, type ReportAsked } from './reporters.ts';
import type { SavedPlan } from './saved-plan.ts';
import { createConfirm } from './step.ts';

type ApplyInput = InputOf<typeof runOptions & { step: { kind: 'flag' }; resume: { kind: 'flag' }; confirm: { kind: 'list'; value: string } }>;

/** 0: as wanted. 1: something failed. 130: stopped. */
export async function apply(input: ApplyInput, context: Context): Promise<number> {
  const asks = { output: input.text('output'), diff: input.flag('diff'), verbose: input.flag('verbose'), asks: input.flag('step') };
  return reported(asks, context, async () => {
    const [given = ''] = input.args;
    if (input.flag('step') && !context.terminal.canAsk) throw new PlinthError({ cause: 'usage', summary: '--step needs a terminal to ask on' });
    const asked: Asked = { playbook: given, inventory: input.list('inventory'), limit: input.text('limit'), tags: split(input.list('tags')), skipTags: split(input.list('skip-tags')) };
    if (!/\.[cm]?[jt]s$/.test(given)) return applyPlan(input, given, asks, context);
    const resumed = input.flag('resume') ? await resume(asked, context) : undefined;
    const prepared = await prepare(resumed?.asked ?? asked, context);
    return go(input, prepared, asks, context, resumed ? { resume: resumed.resume } : {});
  });
}

async function go(input: ApplyInput, prepared: Prepared, asks: ReportAsked, context: Context, more: Pick<Execution, 'resume' | 'confirm'> = {}): Promise<number> {
  await confirmed(prepared.build().confirmations, input.list('confirm'), context);
  const reporters = [await createReporter(asks, prepared.hosts.length, context)];
  const { end, interrupted } = await execute(input, { mode: 'apply', prepared, reporters, ...(asks.asks ? { confirm: createConfirm(context) } : {}), ...more }, context);
  return interrupted ? 130 : end.ok ? 0 : 1;
}

/** What was asked for the first time holds again, unless it is said anew. */
async function resume(asked: Asked, context: Context): Promise<{ asked: Asked; resume: NonNullable<Execution['resume']> }> {
  const inventory = (await findInventory(asked.inventory, context)).map((path) => shownPath(path, context.cwd));
  const { findResumable } = await import('../../engine/journal/resume.ts');
  const { run, done } = await findResumable(journalDir(context), { playbook: shownPath(asked.playbook, context.cwd), inventory });
  const { meta } = run;
  context.err(`goes on with run ${meta.id}${done.size > 0 ? `; ${done.size} done that no reading shows will not be repeated` : ''}\n`);
  return {
    asked: { ...asked, inventory, limit: asked.limit ?? meta.limit, tags: asked.tags.length > 0 ? asked.tags : (meta.tags ?? []), skipTags: asked.skipTags.length > 0 ? asked.skipTags : (meta.skipTags ?? []) },
    resume: { id: meta.id, done },
  };
}

/** Plans once more, and applies only if that is the very plan that was kept. */
async function applyPlan(input: ApplyInput, file: string, asks: ReportAsked, context: Context): Promise<number> {
  const { driftOf, readPlan, savedPlan } = await import('./saved-plan.ts');
  const kept = readPlan(await readText(resolve(context.cwd, file), file), file);
  for (const name of ['limit', 'tags', 'skip-tags', 'inventory'] as const) if (name === 'limit' ? input.text(name) !== undefined : input.list(name).length > 0) throw new PlinthError({ cause: 'usage', summary: `--${name} does not go with a saved plan`, hint: 'The plan says on which hosts and with which tags it was made.' });
  if (input.flag('step')) throw new PlinthError({ cause: 'usage', summary: '--step does not go with a saved plan', hint: 'The plan was looked at already; to be asked again, give the playbook itself.' });
  if (input.flag('resume')) throw new PlinthError({ cause: 'usage', summary: '--resume does not go with a saved plan', hint: 'Give the playbook itself.' });
  const prepared = await prepare(askedBy(kept), context);
  const events: RunEvent[] = [];
  if (!isForMachines(outputOf(asks, context))) context.err('looks whether the nodes are still as planned\n');
  const { end, interrupted } = await execute(input, { mode: 'plan', prepared, reporters: [{ on: (event) => void events.push(event) }], journal: false }, context);
  if (interrupted) return 130;
  const problems = end.ok ? driftOf(kept, savedPlan(prepared, events, context.version)) : end.errors;
  if (problems.length > 0) throw new PlinthError(problems);
  const { approvedOnly } = await import('./approved.ts');
  return go(input, prepared, asks, context, { confirm: approvedOnly(kept) });
}

const askedBy = ({ playbook, inventory, limit, tags, skipTags }: SavedPlan): Asked => ({ playbook: playbook.path, inventory: inventory.paths, limit, tags, skipTags });

const readText = (path: string, file: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new PlinthError({ cause: 'usage', summary: `there is no file ${file}`, hint: 'Give a playbook (*.ts), or a plan kept by `plinth plan -o FILE`.' });
  });
