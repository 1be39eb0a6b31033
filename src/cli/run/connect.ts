import { hostname, userInfo } from 'node:os';
import type { Connection, Reach } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { InputOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import type { connectOptions } from '../fleet/options.ts';
import { hostKeyPolicy } from './host-keys.ts';

export type Connect = (host: string, options: { readonly signal: AbortSignal; readonly become?: boolean }) => Promise<Connection>;

export interface ConnectNeeds {
  readonly inventory: Inventory;
  readonly context: Context;
  readonly run: string;
  /** Whether each node's lock is taken. Default: yes. */
  readonly lock?: boolean;
  note(message: string): void;
  /** Hides a secret that was typed in. */
  hide(secret: string): void;
}

/** How this invocation reaches hosts: the inventory's word, then the options'. The transport is loaded with the first host. */
export async function createConnect(input: InputOf<typeof connectOptions>, { inventory, context, run, lock: locks = true, note, hide }: ConnectNeeds): Promise<Connect> {
  const transport = transportOf(input.text('transport'));
  const becomePassword = input.flag('ask-become-pass') ? await askBecome(context) : undefined;
  if (becomePassword !== undefined) hide(becomePassword);
  const lock = { who: `${userInfo().username}@${hostname()}`, run, since: new Date().toISOString() };
  const acceptNew = input.flag('accept-new');
  const shared = once(async () => ({ ...(await import('../../transport/index.ts')), hostKeys: await hostKeyPolicy(context, acceptNew) }));
  const limited = once(async () => (await shared()).createLimiter());
  return async (host, { signal, become }) => {
    const { hostKeys, localConnection, openConnection: open } = { ...(await shared()), ...(context.openConnection ? { openConnection: context.openConnection } : {}) };
    if (host === 'controller') return localConnection({ host, become: false, signal, note });
    const known = await inventory.reach(host);
    const reach: Reach = {
      ...known,
      ...(transport === undefined || known.transport === 'local' ? {} : { transport }),
      ...(becomePassword === undefined ? {} : { becomePassword }),
      ...(become === undefined ? {} : { become: become && known.become !== false }),
    };
    return open(reach, { signal, ...(locks ? { lock } : {}), hostKeys, limiter: await limited(), note });
  };
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

function transportOf(name: string | undefined): 'ssh' | 'openssh' | undefined {
  if (name === undefined || name === 'ssh' || name === 'openssh') return name;
  throw new PlinthError({ cause: 'usage', summary: `--transport is ssh or openssh, not "${name}"` });
}

async function askBecome(context: Context): Promise<string> {
  if (!context.terminal.canAsk) throw new PlinthError({ cause: 'become', summary: '--ask-become-pass needs a terminal to ask on', hint: 'Give it in the inventory instead: ssh: { becomePassword: !secret env:NAME }' });
  return context.ask('sudo password: ', { hidden: true });
}
