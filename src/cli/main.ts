import { PlinthError } from '../contract/diagnostic.ts';
import { createStyle } from '../report/text/style.ts';
import type { Command } from './arguments/command.ts';
import { helpFor, helpForAll } from './arguments/help.ts';
import { parse } from './arguments/parse.ts';
import { commands } from './commands/index.ts';
import type { Context, Io } from './context.ts';
import { closest } from './print/closest.ts';
import { printError } from './print/error.ts';

/** The whole command line: finds the command, runs it, tells what went wrong. Gives the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const context: Context = { ...io, style: createStyle(wantsColour(argv, io)) };
  try {
    return await dispatch(argv, context);
  } catch (error) {
    printError(error, context);
    return 1;
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const [first, ...rest] = argv.filter((word, i) => !(i === 0 && word === '--no-color'));
  if (first === '--version' || first === '-V') {
    context.out(`${context.version}\n`);
    return 0;
  }
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    context.out(helpForAll(commands, context.style));
    return first === undefined ? 1 : 0;
  }
  if (first === '__complete') return (await import('./completion/complete.ts')).complete(rest, commands, context);
  const command = find(first === 'help' ? (rest[0] ?? '') : first);
  const given = first === 'help' ? undefined : parse(command, rest);
  if (!given || given.values.has('help')) {
    context.out(helpFor(command, context.style));
    return 0;
  }
  return command.run(given, { ...context, refresh: given.values.has('refresh'), verbose: given.values.has('verbose') });
}

function find(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const near = closest(name, commands.map((command) => command.name));
  throw new PlinthError({ cause: 'usage', summary: name.startsWith('-') ? `plinth: there is no option ${name} before a command` : `plinth: there is no command "${name}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: 'plinth --help' });
}

function wantsColour(argv: readonly string[], { env, terminal }: Io): boolean {
  const end = argv.indexOf('--');
  if (argv.slice(0, end < 0 ? undefined : end).includes('--no-color')) return false;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return terminal.stdout && env.TERM !== 'dumb';
}
