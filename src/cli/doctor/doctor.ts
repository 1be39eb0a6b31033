import { homedir } from 'node:os';
import type { Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { inventoryFiles } from '../fleet/find-inventory.ts';
import type { connectOptions, fleetOptions } from '../fleet/options.ts';
import { type OnHosts, onHosts } from '../nodes/on-hosts.ts';
import { formOf } from '../print/form.ts';
import { lookAtController } from './controller/look.ts';
import { bad, type Finding, type Judged, warn } from './finding.ts';
import type { Examined } from './host/examination.ts';
import { examine } from './host/examine.ts';
import { judgeHost } from './host/judge.ts';
import { judgeTwins } from './host/twins.ts';
import { judgeUnreachable } from './host/unreachable.ts';
import { tellFindings } from './tell.ts';

type DoctorInput = InputOf<typeof fleetOptions & typeof connectOptions & { output: { kind: 'text' } }>;

/** 0: nothing is bad. 1: something is. 130: stopped. Nothing is changed, and no lock is taken. */
export async function doctor(input: DoctorInput, context: Context): Promise<number> {
  const form = formOf(input.text('output'), ['text', 'json']);
  const reaches: Reach[] = [];
  const { told, inventory } = await examineHosts(input, context, (reach) => reaches.push(reach));
  const order = (told?.outcomes ?? []).map(({ host }) => host);
  reaches.sort((a, b) => order.indexOf(a.host) - order.indexOf(b.host));
  const examined = new Map((told?.outcomes ?? []).flatMap(({ host, value }) => (value ? [[host, value] as const] : [])));
  const home = context.env.HOME || homedir();
  const controller = [...(await lookAtController(context, home, { keys: keysOf(reaches), skews: [...examined.values()].map(({ facts }) => facts.clockSkewMs), needsKnownHosts: reaches.length === 0 || reaches.some(isTrustedByUser) })), ...inventory];
  const twins = judgeTwins(examined);
  const findings: Finding[] = [
    ...controller.map((one) => ({ where: 'controller', ...one })),
    ...(told?.outcomes ?? []).flatMap(({ host, value, error }) => [...(error ? [judgeUnreachable(error)] : judgeHost(value)).map((one) => ({ where: host, ...one })), ...twins.filter(({ where }) => where === host)]),
  ];
  context.out(form === 'json' ? `${JSON.stringify(findings, undefined, 2)}\n` : tellFindings(findings, context.style));
  if (told?.interrupted) return 130;
  return findings.some(({ verdict }) => verdict === 'bad') ? 1 : 0;
}

/** Key files that the inventory names, and the hosts that do. */
function keysOf(reaches: readonly Reach[]): ReadonlyMap<string, readonly string[]> {
  const files = [...new Set(reaches.flatMap(({ identityFiles = [] }) => identityFiles))].toSorted();
  return new Map(files.map((file) => [file, reaches.filter(({ identityFiles }) => identityFiles?.includes(file)).map(({ host }) => host)]));
}

const isTrustedByUser = ({ transport, hostKeys, knownHostsFiles }: Reach): boolean => transport !== 'local' && (hostKeys ?? []).length === 0 && knownHostsFiles === undefined;

/** Without an inventory there is still the controller to look at; one that is broken is a finding. */
async function examineHosts(input: DoctorInput, context: Context, note: (reach: Reach) => void): Promise<{ readonly told?: OnHosts<Examined>; readonly inventory: readonly Judged[] }> {
  const given = input.list('inventory').length > 0 || (context.env.PLINTH_INVENTORY ?? '') !== '' || input.args.length > 0 || input.text('limit') !== undefined;
  if (!given && (await inventoryFiles(context.cwd)).length === 0) return { inventory: [warn('inventory', 'none is given, and ./inventory holds none', 'Only the controller was looked at. Name one with -i FILE, or begin a project with `plinth init`.')] };
  try {
    const told = await onHosts(
      input.args[0],
      input,
      context,
      async (work) => {
        note(await work.reach());
        return examine(work);
      },
      undefined,
      false,
    );
    return { told, inventory: [] };
  } catch (error) {
    // A slip on the command line is no illness.
    if (!(error instanceof PlinthError) || error.diagnostics.some(({ cause }) => cause === 'usage')) throw error;
    return { inventory: error.diagnostics.map(({ summary, detail, hint, at }) => bad('inventory', [`${at?.[0] ? `${at[0].file}:${at[0].line}: ` : ''}${summary}`, ...(detail === undefined ? [] : [detail])].join('\n'), hint ?? 'Mend it and look again.')) };
  }
}
