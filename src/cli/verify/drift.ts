import type { Reporter, RunEvent } from '../../report/event.ts';
import { plainReporter } from '../../report/plain/plain.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { execute } from '../run/execute.ts';
import { prepare, split } from '../run/prepare.ts';
import type { verifyOptions } from './options.ts';
import { resultOf, type Result } from './result.ts';
import { type Form, formOf, prepareChecks, reporterOf, told, withDiff } from './verify.ts';

type DriftInput = InputOf<typeof verifyOptions & { verify: { kind: 'text' } }>;

/** A plan, and the checks that change nothing. 0: as described, and all holds. 2: changes are pending. 1: a check failed, or it cannot be told. 130: stopped. */
export async function drift(input: DriftInput, context: Context): Promise<number> {
  const form = formOf(input.text('output'));
  const document = documentOf(form, context);
  const last = document ?? (await reporterOf(form, context));
  return told(form, last, async () => {
    const asked = { playbook: input.args[0] ?? 'playbooks/bootstrap.ts', inventory: input.list('inventory'), limit: input.text('limit'), tags: split(input.list('tags')), skipTags: split(input.list('skip-tags')) };
    const planned = await prepare(asked, context);
    const checks = await prepareChecks(input, input.text('verify'), true, context);
    const first = document ?? (form === 'text' ? plainReporter({ write: context.out, style: context.style, verbose: input.flag('verbose') }) : await reporterOf(form, context));
    const plan = await execute(withDiff(input), { mode: 'plan', prepared: planned, reporters: [first] }, context);
    if (plan.interrupted) return 130;
    if (form === 'text') context.out('\n');
    const looked = await execute(withDiff(input), { mode: 'plan', prepared: checks, reporters: [last] }, context);
    if (looked.interrupted) return 130;
    document?.finish();
    if (!plan.end.ok || !looked.end.ok) return 1;
    return plan.end.pending + plan.end.unknown > 0 ? 2 : 0;
  });
}

/** Both halves in one document. */
function documentOf(form: Form, { out }: Pick<Context, 'out'>): (Reporter & { finish(): void }) | undefined {
  if (form !== 'json') return undefined;
  const changes: { host: string; task: string; what: string; from: string | null; to: string | null }[] = [];
  const checks: Result[] = [];
  const ends: { ok: boolean; pending: number; unknown: number; errors: readonly unknown[] }[] = [];
  return {
    on(event: RunEvent) {
      if (event.type === 'taskResult' && event.status === 'would-change') changes.push(...event.changes.map(({ what, from, to }) => ({ host: event.host, task: event.task, what, from, to })));
      const result = resultOf(event);
      if (result) checks.push(result);
      if (event.type === 'runEnd') ends.push({ ok: event.ok, pending: event.pending, unknown: event.unknown, errors: event.errors });
      // A run that never began is all there is to tell.
      if (event.type === 'runEnd' && event.hosts === 0) this.finish();
    },
    finish: () => out(`${JSON.stringify({ ok: ends.every(({ ok }) => ok) && changes.length === 0, pending: ends.reduce((sum, { pending }) => sum + pending, 0), changes, checks, errors: ends.flatMap(({ errors }) => errors) }, undefined, 1)}\n`),
  };
}
