import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { failureLines } from '../../report/text/recap.ts';
import { formOf } from '../print/form.ts';
import { exitCode, type HostWork, onHosts, type Outcome } from './on-hosts.ts';

/** Times in ms. */
interface Ping {
  readonly transport: string;
  /** Who the steps run as. */
  readonly user: string;
  /** From nothing to a shell that answers. */
  readonly connected: number;
  /** One round trip of the open shell, the best of three. */
  readonly latency: number;
}

export async function ping(input: InputOf<typeof fleetOptions & typeof connectOptions & { output: { kind: 'text' } }>, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'json']);
  const told = await onHosts(input.args[0], input, context, measure, (outcome) => (form === 'text' ? context.out(text(outcome, context)) : undefined));
  if (form === 'json') context.out(`${JSON.stringify(told.outcomes.map(({ host, value, error }) => ({ host, ok: value !== undefined, ...value, ...(error ? { error } : {}) })), undefined, 2)}\n`);
  return exitCode(told);
}

async function measure({ connect, signal }: HostWork): Promise<Ping> {
  const started = performance.now();
  const connection = await connect();
  const connected = performance.now() - started;
  let latency = Infinity;
  let user = '';
  for (let i = 0; i < 3; i++) {
    const sent = performance.now();
    const [reply] = await connection.send([{ script: i === 0 ? 'id -un' : ':' }], { signal });
    latency = Math.min(latency, performance.now() - sent);
    user ||= reply?.stdout.trim() ?? '';
  }
  return { transport: connection.transport, user, connected: round(connected), latency: round(latency) };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

function text({ host, value, error }: Outcome<Ping>, { style }: Context): string {
  if (error) return `${failureLines({ error: { host, ...error }, lines: [] }, style).join('\n')}\n`;
  return `${style.green('✓')} ${style.bold(host)}  ${value.user} over ${value.transport}, connected in ${value.connected} ms, ${value.latency} ms a round trip\n`;
}
