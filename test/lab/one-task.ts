import { z } from 'zod';
import { type Connection, type Module, PlinthError, type Reach } from '../../src/contract/index.ts';
import { defineFleet, playbook } from '../../src/index.ts';
import { run } from '../../src/engine/index.ts';
import { createMasker } from '../../src/engine/mask.ts';
import type { LabHost } from '../../src/lab/index.ts';
import type { EventOf, RunEvent } from '../../src/report/event.ts';
import { openConnection } from '../../src/transport/index.ts';

/** A connection to a lab node, its host key pinned. */
export const connectTo = ({ name, identityFile, ...ssh }: LabHost): Promise<Connection> => {
  const reach: Reach = { host: name, transport: 'ssh', sshConfig: 'none', identityFiles: [identityFile], ...ssh };
  return openConnection(reach);
};

/** The link breaks before effect `effects` (counting from 0), and the node does not come back in this run. */
export interface Interruption {
  readonly effects: number;
}

/** Plans or applies one task on one node, by the engine, and tells what came of it. */
export async function oneTask(mode: 'plan' | 'apply', host: LabHost, module: Module, args: unknown, interruption?: Interruption): Promise<EventOf<'taskResult'>> {
  const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });
  const program = playbook(fleet, ({ play, groups }) => {
    play('Lab', groups.all, ({ task }) => {
      task(module.name, module, args);
    });
  }).build({ hosts: [{ name: host.name, groups: [], vars: {} }], groups: {} });
  const events: RunEvent[] = [];
  await run(program, {
    mode,
    meta: { run: 'lab', playbook: 'lab', inventory: 'lab', version: 'test' },
    connect: interruption ? once(async () => interrupted(await connectTo(host), interruption)) : () => connectTo(host),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
  });
  const result = events.find((event) => event.type === 'taskResult');
  if (!result) throw new Error(`no result: ${JSON.stringify(events.at(-1))}`);
  return result;
}

/** Sends on only so many effects, then is gone: what was done before stays done. */
function interrupted(connection: Connection, { effects }: Interruption): Connection {
  let left = effects;
  const gone = (): never => {
    throw new PlinthError({ cause: 'lost', summary: 'the link broke (told to)', host: connection.host });
  };
  return {
    ...connection,
    async send(steps, options) {
      const at = steps.findIndex((step, i) => step.gate === true && steps.slice(0, i).filter((one) => one.gate).length >= left);
      if (at < 0) {
        left -= steps.filter((step) => step.gate).length;
        return connection.send(steps, options);
      }
      if (at > 0) await connection.send(steps.slice(0, at), options);
      return gone();
    },
    put: (file, options) => (left-- > 0 ? connection.put(file, options) : gone()),
  };
}

function once(open: () => Promise<Connection>): () => Promise<Connection> {
  let opened = false;
  return async () => {
    if (opened) throw new PlinthError({ cause: 'host-key', summary: 'stays away (told to)' });
    opened = true;
    return open();
  };
}
