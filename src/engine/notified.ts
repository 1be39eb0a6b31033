import { PlinthError } from '../contract/diagnostic.ts';
import { Secret } from '../contract/late.ts';
import type { HandlerNode } from '../dsl/program.ts';
import { hintFor } from './hint.ts';
import { lastLines } from './observe.ts';
import { clearPending, pendingKey } from './pending.ts';
import type { Work } from './work.ts';

/** Default longest time of a handler, in ms. */
const handlerTimeout = 600_000;

/** Runs notified handlers once each; the note on the node goes only when its handler succeeded. Returns whether all did. */
export async function runNotified(work: Work, due: readonly HandlerNode[]): Promise<boolean> {
  const { play, hostPlay, session, options } = work;
  for (const handler of due) {
    const told = { type: 'handlerResult', play: play.name, host: hostPlay.host, handler: handler.name, at: handler.at } as const;
    if (options.mode === 'plan') {
      options.emit({ ...told, status: 'would-run', ms: 0 });
      continue;
    }
    const started = performance.now();
    const script = handler.action.run(handler.args);
    for (const late of script.lates) if (late instanceof Secret) options.masker.add(String(await late.resolve()));
    const [reply] = await session.send([{ script: await script.text(), gate: true, timeout: handlerTimeout }, clearPending(pendingKey(play, handler))]);
    const ms = performance.now() - started;
    work.trip(0, 1, ms);
    if (reply?.code === 0) {
      options.emit({ ...told, status: 'ran', ms });
      continue;
    }
    const output = reply?.stderr.trim() ? reply.stderr : (reply?.stdout ?? '');
    const hint = hintFor(output) ?? 'It is noted on the node and runs again at the end of this play in the next apply.';
    const error = { cause: 'apply', summary: options.masker.mask(`the handler "${handler.name}" failed with exit code ${reply?.code ?? 'unknown'}`), detail: options.masker.mask(lastLines(output)), hint, at: [handler.at], host: hostPlay.host, play: play.name, task: handler.name } as const;
    options.emit({ ...told, status: 'failed', ms, error });
    return false;
  }
  return true;
}

export const isAbort = (error: unknown): boolean => error instanceof PlinthError && error.diagnostics.some(({ cause }) => cause === 'aborted');
