import { count } from '../../report/text/count.ts';
import type { HostKeyPolicy, NewHostKey } from '../../transport/index.ts';
import type { Context } from '../context.ts';
import { table } from '../print/table.ts';

/**
 * What happens when hosts are met for the first time: `--accept-new` trusts them, a person at a terminal is asked once for
 * all of them, and otherwise they are refused. Changed keys are refused in any case.
 */
export async function hostKeyPolicy(context: Context, acceptNew: boolean): Promise<HostKeyPolicy> {
  const { acceptNewHostKeys, askHostKeys, strictHostKeys } = await import('../../transport/index.ts');
  if (acceptNew) return acceptNewHostKeys;
  return context.terminal.canAsk ? askHostKeys((keys) => ask(keys, context)) : strictHostKeys;
}

async function ask(keys: readonly NewHostKey[], { ask: question, err, style }: Context): Promise<boolean> {
  err(`\n${style.bold(`${count(keys.length, 'host')} ${keys.length === 1 ? 'is' : 'are'} met for the first time`)}; compare the fingerprints with what the hosts' own consoles show:\n`);
  err(table(keys.map(({ host, address, type, fingerprint }) => [`  ${host}`, address === host ? '' : address, type, fingerprint])));
  const answer = await question(`Trust ${keys.length === 1 ? 'it' : 'all of them'} and remember? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
