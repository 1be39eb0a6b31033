import { join } from '../../contract/reading.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type Facts, read } from '../../contract/read/index.ts';
import { failureLines } from '../../report/text/recap.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { formOf } from '../print/form.ts';
import { table } from '../print/table.ts';
import { exitCode, type HostWork, onHosts } from './on-hosts.ts';

export async function facts(input: InputOf<typeof fleetOptions & typeof connectOptions & { output: { kind: 'text' } }>, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'json']);
  const told = await onHosts(input.args[0], input, context, gather);
  const known = told.outcomes.flatMap(({ host, value }) => (value ? [{ host, value }] : []));
  if (form === 'json') {
    context.out(`${JSON.stringify(Object.fromEntries(told.outcomes.map(({ host, value, error }) => [host, value ?? { error }])), undefined, 2)}\n`);
    return exitCode(told);
  }
  if (known.length > 0) context.out(table([['host', ...columns.map(({ title }) => title)], ...known.map(({ host, value }) => [host, ...columns.map(({ of }) => of(value))])], (text, column) => (column === 0 ? context.style.bold(text) : text)));
  for (const { host, error } of told.outcomes) if (error) context.err(`${failureLines({ error: { host, ...error }, lines: [] }, context.style).join('\n')}\n`);
  return exitCode(told);
}

const columns: readonly { readonly title: string; of(facts: Facts): string }[] = [
  { title: 'system', of: ({ os }) => os.pretty },
  { title: 'kernel', of: ({ kernel }) => kernel.release },
  { title: 'arch', of: ({ arch }) => arch },
  { title: 'cpus', of: ({ cpus }) => String(cpus.count) },
  { title: 'memory', of: ({ memoryMiB }) => `${(memoryMiB / 1024).toFixed(1)} GiB` },
  { title: 'swap', of: ({ swapMiB }) => (swapMiB === 0 ? 'none' : `${swapMiB} MiB`) },
  { title: 'cgroup', of: ({ cgroup }) => cgroup },
  { title: 'default route', of: ({ defaultRoute }) => (defaultRoute ? `${defaultRoute.gateway} (${defaultRoute.nic})` : 'none') },
  { title: 'clock', of: ({ clockSkewMs }) => (Math.abs(clockSkewMs) < 100 ? 'right' : `${clockSkewMs > 0 ? '+' : ''}${(clockSkewMs / 1000).toFixed(1)} s`) },
  { title: 'on', of: ({ virtualization }) => virtualization },
];

/** Facts of one node, the error of its clock measured. @throws PlinthError, cause `reading`. */
export async function gather({ host, connect, signal }: HostWork): Promise<Facts> {
  const connection = await connect();
  const reading = read.facts();
  const steps = await Promise.all(join([reading]).scripts.map(async (script) => ({ script: await script.text() })));
  const sent = Date.now();
  const [reply] = await connection.send(steps, { signal });
  const received = Date.now();
  if (!reply || reply.code !== 0) throw new PlinthError({ cause: 'reading', summary: 'the facts could not be read', detail: reply?.stderr ?? '', host });
  const found = reading.kind.parse(reply.facts.get('0'), reading.key);
  return { ...found, clockSkewMs: Math.round(found.clockMs - (sent + received) / 2) };
}
