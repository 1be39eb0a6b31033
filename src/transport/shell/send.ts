import type { Reply, SendOptions, Step } from '../../contract/connection.ts';
import { frameText } from './frame.ts';
import type { StepResult } from './reader.ts';
import type { Session } from './session.ts';

export interface Wire {
  readonly host: string;
  readonly session: Session;
  readonly nonce: string;
  /** A name for a frame that leaves something on the node. */
  nextId(): string;
}

/** After this long the node is told to keep the step's time itself, should the link die, in ms. */
const armAfter = 1000;

/**
 * Sends all steps as one frame. A step whose time is over is ended with its whole tree, which ends the frame as well:
 * unless it was a gate, the steps after it are sent again as a frame of their own.
 */
export async function sendSteps(wire: Wire, steps: readonly Step[], options: SendOptions): Promise<readonly (Reply | undefined)[]> {
  if (steps.length === 0) return [];
  const clock = stepClock(wire.session, steps);
  const { steps: results, status } = await wire.session
    .exchange({
      text: frameText(wire.nonce, steps, wire.nextId()),
      watched: true,
      signal: options.signal,
      events: {
        begun: clock.begun,
        ended: clock.ended,
        ...(options.onOutput ? { output: (step, stream, text) => options.onOutput?.({ step, stream, text }) } : {}),
      },
    })
    .finally(clock.clear);
  const replies = steps.map((_, index) => reply(results[index], status, clock.timedOut === index));
  const cut = replies.findLastIndex((one) => one !== undefined);
  const cutShort = results[cut]?.code === undefined && steps[cut]?.gate !== true && cut + 1 < steps.length;
  if (!cutShort) return replies;
  const rest = await sendSteps(wire, steps.slice(cut + 1), { ...options, ...(options.onOutput ? { onOutput: (chunk) => options.onOutput?.({ ...chunk, step: chunk.step + cut + 1 }) } : {}) });
  return [...replies.slice(0, cut + 1), ...rest];
}

/** Keeps the time of each step from its first sign of life. */
function stepClock(session: Session, steps: readonly Step[]) {
  let timer: NodeJS.Timeout | undefined;
  let arming: NodeJS.Timeout | undefined;
  let armed = false;
  const clock = {
    timedOut: undefined as number | undefined,
    begun(index: number): void {
      const step = steps[index];
      if (step?.timeout === undefined || step.critical === true) return;
      const { timeout } = step;
      timer = setTimeout(() => {
        clock.timedOut = index;
        session.stop();
      }, timeout);
      if (timeout <= armAfter) return;
      arming = setTimeout(() => {
        armed = true;
        session.arm(Math.ceil((timeout - armAfter) / 1000) + 2);
      }, armAfter);
    },
    ended(): void {
      clock.clear();
      if (armed) session.arm(0);
      armed = false;
    },
    clear(): void {
      clearTimeout(timer);
      clearTimeout(arming);
    },
  };
  return clock;
}

function reply(result: StepResult | undefined, status: number, timedOut: boolean): Reply | undefined {
  if (!result) return undefined;
  return { code: result.code ?? (status > 128 ? status : 143), facts: result.facts, stdout: result.stdout, stderr: result.stderr, ...(timedOut ? { timedOut: true } : {}) };
}
