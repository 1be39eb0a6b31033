import { z } from 'zod';
import { type Playbook, playbook } from '../../src/dsl/playbook.ts';
import { defineFleet, type GroupsOf, type LoadedFleet } from '../../src/dsl/fleet.ts';
import type { PlaybookContext } from '../../src/dsl/context.ts';
import { run, type RunOptions } from '../../src/engine/index.ts';
import { createMasker } from '../../src/engine/mask.ts';
import { PlinthError } from '../../src/contract/index.ts';
import type { RunEnd, RunEvent } from '../../src/report/event.ts';
import type { ToyNode } from './toy-node.ts';

const shared = z.strictObject({});
const groups = { some: z.strictObject({}) };
export const toyFleet = defineFleet({ shared, groups });
export type ToyContext = PlaybookContext<GroupsOf<typeof shared, typeof groups>>;

export const fleetOf = (names: readonly string[], some: readonly string[] = names): LoadedFleet => ({ hosts: names.map((name) => ({ name, groups: ['all'], vars: {} })), groups: { all: names, some } });

export interface ToyRun {
  readonly end: RunEnd;
  readonly events: readonly RunEvent[];
  statuses(host?: string): string[];
}

export function runToy(nodes: Readonly<Record<string, ToyNode>>, body: Playbook | ((context: ToyContext) => void), options: Partial<RunOptions> & { readonly dead?: readonly string[] } = {}): Promise<ToyRun> {
  const book = typeof body === 'function' ? playbook(toyFleet, body) : body;
  return runProgram(nodes, book, options);
}

async function runProgram(nodes: Readonly<Record<string, ToyNode>>, book: Playbook, { dead = [], ...options }: Partial<RunOptions> & { readonly dead?: readonly string[] }): Promise<ToyRun> {
  const events: RunEvent[] = [];
  const end = await run(book.build(fleetOf(Object.keys(nodes))), {
    mode: 'apply',
    meta: { run: 'test', playbook: 'test.ts', inventory: 'test.yaml', version: '0' },
    async connect(host) {
      const node = nodes[host];
      if (!node || dead.includes(host)) throw new PlinthError({ cause: 'unreachable', summary: 'connection refused', host });
      return node.connection(host);
    },
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
    ...options,
  });
  return { end, events, statuses: (host) => events.flatMap((event) => (event.type === 'taskResult' && (host === undefined || event.host === host) ? [event.status] : [])) };
}
