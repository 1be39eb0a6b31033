import { z } from 'zod';
import { change, defineModule, quote, read, refuse } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { noWayToTry, portTest } from './portTest.ts';
import { waiting } from './waiting.ts';

/** The engine's own limit comes after the script's, which says what was last seen. In ms. */
const grace = 15_000;

export const wait = defineModule({
  name: 'wait',
  summary: 'Waits until a port, a path or a test on the node is as it should be.',

  args: z
    .strictObject({
      port: z.int().min(1).max(65535).optional().describe('A TCP port that takes connections.'),
      host: z
        .string()
        .regex(/^[A-Za-z0-9:.%_-]+$/, 'must be a name or an address')
        .optional()
        .describe('Where the port is, as the node sees it. Left out: 127.0.0.1, the node itself.'),
      path: absolutePath().optional().describe('A path that is there.'),
      test: z.string().min(1, 'must not be empty').optional().describe('A read-only shell test that succeeds.'),
      gone: z.boolean().default(false).describe('Waits for the opposite: a closed port, no such path, a test that fails.'),
      timeout: z.int().min(1000, 'is in milliseconds: at least 1000').default(300_000).describe('Longest time to wait, in ms.'),
      interval: z.int().min(1000, 'is in milliseconds: at least 1000').default(1000).describe('Time between two looks, in ms; whole seconds count.'),
    })
    .refine(({ port, path, test }) => [port, path, test].filter((one) => one !== undefined).length === 1, 'wants exactly one of port, path and test')
    .refine(({ port, host }) => host === undefined || port !== undefined, { path: ['host'], message: 'is for a port' }),

  observe: (args) => ({ look: read.condition(testOf(args)) }),

  *plan(args, { look }) {
    const { gone, timeout, interval } = args;
    if (look.said.includes(noWayToTry)) return yield refuse('this node has no means to try a port', noWayToTry, { hint: 'Install bash or netcat in an earlier task, or wait for a test of your own.' });
    if (look.holds !== gone) return;
    const [what, no, yes] = toldAs(args);
    const run = waiting({ what, test: testOf(args), wanted: !gone, timeout, interval });
    yield change(what, gone ? yes : no, gone ? no : yes, run, { passive: true, timeout: timeout + grace });
  },
});

interface Subject {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly test?: string | undefined;
}

function testOf({ port, host = '127.0.0.1', path, test = 'true' }: Subject): string {
  if (port !== undefined) return portTest(host, port);
  return path === undefined ? test : `[ -e ${quote(path)} ] || [ -L ${quote(path)} ]`;
}

/** What is waited for, and what it is called before and after. */
function toldAs({ port, host = '127.0.0.1', path, test = 'true' }: Subject): [string, string, string] {
  if (port !== undefined) return [`port ${port} on ${host}`, 'closed', 'open'];
  return path === undefined ? [test, 'fails', 'succeeds'] : [path, 'not there', 'there'];
}
