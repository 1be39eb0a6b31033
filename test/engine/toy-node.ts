import { z } from 'zod';
import type { Connection, Reply, Step } from '../../src/contract/connection.ts';
import { change, defineModule, type Kind, PlinthError, type Reading, sh } from '../../src/contract/index.ts';

// A node that is a map, and a language of three words: engine laws can be checked thousands of times a second. Steps the
// toy does not know (notes of handlers) succeed. Real shells are tested in test/transport and test/lab.

export type Cells = Map<string, string>;
export interface ToyNode {
  readonly cells: Cells;
  /** Everything that was sent, for finding what must not be there. */
  readonly log: string[];
  frames: number;
  effects: number;
  connection(host: string): Connection;
  /** Throws this instead of running frame n (counting from 1), after having run its first `after` steps. */
  breakAt?: { readonly frame: number; readonly after: number };
}

const cell: Kind<string | undefined> = { name: 'cell', script: (keys) => sh.raw(`get ${JSON.stringify(keys)}`), parse: (text) => text };
export const readCell = (key: string): Reading<string | undefined> => ({ kind: cell, key });

/** Sets a cell, and whatever else the args say its effect does besides. */
export const setCell = defineModule({
  name: 'setCell',
  summary: 'A cell with this value.',
  args: z.strictObject({ key: z.string(), value: z.string(), besides: z.record(z.string(), z.string()).default({}), lies: z.boolean().default(false), fails: z.boolean().default(false) }),
  observe: ({ key }) => ({ found: readCell(key) }),
  *plan({ key, value, besides, lies, fails }, { found }) {
    if (found !== value) yield change(key, found, value, sh.raw(`set ${JSON.stringify({ cells: lies ? besides : { [key]: value, ...besides }, fails })}`));
  },
  output: ({ key }, { found }) => ({ key, found: found ?? '' }),
});

export function toyNode(start: Iterable<readonly [string, string]> = []): ToyNode {
  const node: ToyNode = {
    cells: new Map(start),
    log: [],
    frames: 0,
    effects: 0,
    connection: (host) => ({
      host,
      transport: 'toy',
      trips: 0,
      async send(steps: readonly Step[]) {
        node.frames++;
        const replies: (Reply | undefined)[] = [];
        for (const [i, step] of steps.entries()) {
          if (node.breakAt?.frame === node.frames && node.breakAt.after === i) throw new PlinthError({ cause: 'lost', summary: 'the link broke', host });
          const reply = runStep(node, step);
          replies.push(reply);
          if (step.gate && reply.code !== 0) break;
        }
        if (node.breakAt?.frame === node.frames && node.breakAt.after >= steps.length) throw new PlinthError({ cause: 'lost', summary: 'the link broke', host });
        return steps.map((_, i) => replies[i]);
      },
      put: async () => undefined,
      fetch: async () => Buffer.alloc(0),
      close: async () => undefined,
    }),
  };
  return node;
}

function runStep(node: ToyNode, { script }: Step): Reply {
  node.log.push(script);
  const facts = new Map<string, string>();
  const [word = '', rest = ''] = [script.slice(0, 3), script.slice(4)];
  if (word === 'get') {
    (JSON.parse(rest) as string[]).forEach((key, i) => {
      const value = node.cells.get(key);
      if (value !== undefined) facts.set(String(i), value);
    });
  } else if (word === 'set') {
    node.effects++;
    const { cells, fails } = JSON.parse(rest.slice(0, rest.lastIndexOf('}') + 1)) as { cells: Record<string, string>; fails: boolean };
    if (fails) return { code: 1, facts, stdout: '', stderr: 'told to fail' };
    for (const [key, value] of Object.entries(cells)) node.cells.set(key, value);
  }
  if (word === 'die') return { code: 1, facts, stdout: '', stderr: `died of ${rest}` };
  return { code: 0, facts, stdout: '', stderr: '' };
}
