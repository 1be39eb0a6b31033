import { PlinthError } from '../contract/diagnostic.ts';
import type { Session } from './session.ts';

const bootId = 'IFS= read -r b </proc/sys/kernel/random/boot_id; put boot "$b"';

/** Restarts a node and waits until it answers with another boot id: proof that it was down. */
export async function restartNode(session: Session, timeout: number): Promise<void> {
  const [before] = await session.send([{ script: bootId }]);
  const old = before?.facts.get('boot');
  // Detached and a moment later, so that the answer to this frame still gets out.
  await session.send([{ script: `(setsid sh -c 'sleep 1; systemctl reboot || reboot' >/dev/null 2>&1 &) || exit 1` }]).catch(ignoreLost);
  const deadline = Date.now() + timeout;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      const [now] = await session.send([{ script: bootId, timeout: 10_000 }]);
      const id = now?.facts.get('boot');
      if (id !== undefined && id !== old) return;
    } catch (error) {
      ignoreLost(error);
      await session.reconnect(Math.max(1000, deadline - Date.now()));
    }
    if (Date.now() > deadline) throw new PlinthError({ cause: 'timeout', host: session.host, summary: `${session.host} did not come back with a new boot id within ${timeout / 1000} s`, hint: 'Look at its console. If it only boots slowly, give the reboot task a longer timeout.' });
  }
}

function ignoreLost(error: unknown): void {
  if (error instanceof PlinthError && error.diagnostics.some(({ cause }) => cause === 'lost' || cause === 'unreachable')) return;
  throw error;
}
