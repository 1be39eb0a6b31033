import { z } from 'zod';
import { change, defineModule, Late, quote, read, Script } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { type Guard, guardsOf } from './guards.ts';
import { type CommandResult, resultOf } from './result.ts';
import { scriptOf, shownRun } from './script.ts';

const text = () => z.union([z.string(), z.custom<Late<string>>((value) => value instanceof Late).meta({ title: 'Late' })], 'must be a text, a secret or a late value');
const guard = () => z.string().min(1, 'must not be empty');

export const command = defineModule({
  name: 'command',
  summary: 'A command that is run, each time or as long as its guards ask for it.',

  args: z
    .strictObject({
      run: z
        .union([z.string().min(1, 'must not be empty'), z.array(z.string()).min(1, 'must not be empty'), z.instanceof(Script).meta({ title: 'Script' })], 'must be a shell text, a list of words, or sh`...`')
        .describe('A shell text (POSIX sh, ended by its first failure), a list of words (no shell), or sh`...` where late values stand in it.'),
      creates: absolutePath().optional().describe('Runs as long as this path is not there.'),
      removes: absolutePath().optional().describe('Runs as long as this path is there.'),
      unless: guard().optional().describe('Runs as long as this read-only shell test fails.'),
      onlyIf: guard().optional().describe('Runs as long as this read-only shell test succeeds.'),
      changedWhen: z
        .custom<(result: CommandResult) => boolean>((value) => typeof value === 'function', 'must be a function of { code, stdout, stderr }')
        .meta({ title: '(result) => boolean' })
        .optional()
        .describe('For a command without guards: whether it changed anything, by its result. Left out: it did.'),
      okCodes: z.array(z.int().min(0).max(255)).min(1).default([0]).describe('Exit codes that mean success.'),
      cwd: absolutePath().optional().describe('Directory to run in. The guards are tested there too.'),
      env: z
        .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of an environment variable'), text())
        .default({})
        .describe('Environment variables. Secrets and late values may stand here: they are never on a command line.'),
      stdin: text().optional().describe('Standard input; secrets and late values may stand here. Left out: none.'),
      as: accountName().optional().describe('Another user to run it as. The play must run as root.'),
    })
    .refine(({ changedWhen, ...args }) => changedWhen === undefined || guardsOf(args).length === 0, {
      path: ['changedWhen'],
      message: 'is for a command without guards: with them, whether it changed anything is read from the node',
    }),

  observe: ({ creates, removes, unless, onlyIf, cwd }) => ({
    ...(creates === undefined ? {} : { creates: read.stat(creates) }),
    ...(removes === undefined ? {} : { removes: read.stat(removes) }),
    ...(unless === undefined ? {} : { unless: read.condition(within(cwd, unless)) }),
    ...(onlyIf === undefined ? {} : { onlyIf: read.condition(within(cwd, onlyIf)) }),
  }),

  *plan(args, observed) {
    const run = scriptOf(args);
    const guards = guardsOf(args);
    if (guards.length === 0) {
      const { changedWhen } = args;
      const options = changedWhen ? { event: true, changedWhen: (applied: Parameters<typeof resultOf>[0]) => changedWhen(resultOf(applied)) } : { event: true };
      return yield change(shownRun(args.run), undefined, 'run', run, options);
    }
    const states = guards.map((one: Guard) => one.asks(observed));
    // One guard that is satisfied is enough: the command need not run, or has done its work.
    if (states.every(({ isAsking }) => isAsking)) yield change(shownRun(args.run), states.map(({ now }) => now).join(' and '), states.map(({ after }) => after).join(' or '), run);
  },

  output: (_args, _observed, [applied]): CommandResult & { readonly ran: boolean } => (applied ? { ran: true, ...resultOf(applied) } : { ran: false, code: 0, stdout: '', stderr: '' }),
});

const within = (cwd: string | undefined, test: string): string => (cwd === undefined ? test : `cd ${quote(cwd)} || exit\n${test}`);
