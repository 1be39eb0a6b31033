import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import { findRun } from '../../engine/journal/index.ts';
import { htmlReport } from '../../report/html/index.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { journalDir } from '../fleet/journal-dir.ts';
import { shownPath } from '../run/prepare.ts';
import { openFile } from './open-file.ts';

/** Writes the report of a run and says where; 0 also for a run that failed. */
export async function report(input: Input<'open', 'file'>, context: Context): Promise<number> {
  const run = await findRun(journalDir(context), input.args[0] ?? 'last');
  const { meta, result } = run;
  const asked = input.text('file');
  if (asked === '-' && input.flag('open')) throw new PlinthError({ cause: 'usage', summary: '--open needs a file; -o - writes to stdout' });
  const text = await htmlReport(run.events, {
    id: meta.id,
    result,
    ...(meta.limit === undefined ? {} : { limit: meta.limit }),
    ...(meta.tags ? { tags: meta.tags } : {}),
    ...(meta.skipTags ? { skipTags: meta.skipTags } : {}),
    ...(meta.resumes === undefined ? {} : { resumes: meta.resumes }),
  });
  if (asked === '-') {
    context.out(text);
    return 0;
  }
  const file = asked === undefined ? join(run.dir, 'report.html') : resolve(context.cwd, asked);
  await write(file, text);
  context.out(`${shownPath(file, context.cwd)}\n`);
  if (input.flag('open')) await openFile(file, context);
  return 0;
}

/** Diffs of files that only root may read are in it, so it is its owner's alone, as the journal is. */
async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new PlinthError({ cause: 'usage', summary: `the report cannot be written: ${error instanceof Error ? error.message : String(error)}`, hint: 'Give another place with -o FILE, or -o - for stdout.' }, { cause: error });
  }
}
