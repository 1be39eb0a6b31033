import { z } from 'zod';
import type { Connection, Module, Reach } from '../../src/contract/index.ts';
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

/** Plans or applies one task on one node, by the engine, and tells what came of it. */
export async function oneTask(mode: 'plan' | 'apply', host: LabHost, module: Module, args: unknown): Promise<EventOf<'taskResult'>> {
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
    connect: () => connectTo(host),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
  });
  const result = events.find((event) => event.type === 'taskResult');
  if (!result) throw new Error(`no result: ${JSON.stringify(events.at(-1))}`);
  return result;
}
