import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { RunEvent } from '../../report/event.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { execute } from './execute.ts';
import type { runOptions } from './options.ts';
import { prepare, split } from './prepare.ts';
import { reported } from './reported.ts';
import { createReporter } from './reporters.ts';

/** 0: nothing to change. 2: something is. 1: it cannot be told for some host. 130: stopped. */
export async function plan(input: InputOf<typeof runOptions & { save: { kind: 'text' } }>, context: Context): Promise<number> {
  const asks = { output: input.text('output'), diff: input.flag('diff'), verbose: input.flag('verbose'), asks: false };
  return reported(asks, context, async () => {
    const prepared = await prepare({ playbook: input.args[0] ?? '', inventory: input.list('inventory'), limit: input.text('limit'), tags: split(input.list('tags')), skipTags: split(input.list('skip-tags')) }, context);
    const events: RunEvent[] = [];
    const reporters = [await createReporter(asks, prepared.hosts.length, context), { on: (event: RunEvent) => void events.push(event) }];
    const { end, interrupted } = await execute(input, { mode: 'plan', prepared, reporters }, context);
    if (interrupted) return 130;
    const file = input.text('save');
    if (file !== undefined && !end.ok) throw new PlinthError({ cause: 'usage', summary: `the plan is not kept in ${file}, since it is not whole`, hint: 'Mend what failed and plan again.' });
    if (file !== undefined) {
      const { savedPlan } = await import('./saved-plan.ts');
      await writeFile(resolve(context.cwd, file), `${JSON.stringify(savedPlan(prepared, events, context.version), undefined, 1)}\n`, { mode: 0o600 });
    }
    if (!end.ok) return 1;
    return end.pending + end.unknown > 0 ? 2 : 0;
  });
}
