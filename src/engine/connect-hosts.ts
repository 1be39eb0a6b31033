import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import type { Facts } from '../contract/read/facts.ts';
import type { Play } from '../dsl/program.ts';
import { gatherFacts } from './gather-facts.ts';
import { isAbort } from './notified.ts';
import { pool } from './pool.ts';
import type { RunState } from './run-play.ts';

/** Opens every host at once and reads facts where a play wants them. A host that cannot be had is out, with the reason. */
export async function connectHosts(state: RunState, plays: readonly { readonly play: Play; readonly hosts: readonly string[] }[], hosts: readonly string[], facts: Map<string, Facts>): Promise<void> {
  const { options, sessions, out } = state;
  await pool(hosts, options.concurrency ?? 50, async (host) => {
    const mine = plays.filter((one) => one.hosts.includes(host)).map(({ play }) => play);
    const started = performance.now();
    options.emit({ type: 'hostConnecting', host });
    try {
      const session = await sessions.of(host, mine[0]?.options.become ?? true);
      options.emit({ type: 'hostConnected', host, transport: session.transport, ms: Math.round(performance.now() - started) });
      if (mine.some((play) => play.options.facts)) facts.set(host, await gatherFacts(session, options.masker));
    } catch (error) {
      if (isAbort(error)) throw error;
      out.add(host);
      state.lost.add(host);
      for (const found of reasons(error)) options.emit({ type: 'hostUnreachable', host, error: { host, ...found } });
    }
  });
}

function reasons(error: unknown): readonly Diagnostic[] {
  if (error instanceof PlinthError) return error.diagnostics.slice(0, 1);
  return [{ cause: 'internal', summary: error instanceof Error ? error.message : String(error), detail: error instanceof Error ? (error.stack ?? '') : '' }];
}
