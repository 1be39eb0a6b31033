import { parseArgs } from 'node:util';
import { PlinthError } from '../../contract/diagnostic.ts';
import { closest } from '../print/closest.ts';
import type { Command, Given, Options } from './command.ts';
import { everywhere } from './everywhere.ts';

/**
 * Reads a command's part of the command line, in the grammar of node:util's parseArgs; what it makes of a slip is ours.
 * @throws PlinthError, cause `usage`, for what the command does not know.
 */
export function parse(command: Command, argv: readonly string[]): Given {
  const options: Options = { ...everywhere, ...command.options };
  const known = Object.entries(options).map(([name, { kind, short }]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true, ...(short === undefined ? {} : { short }) }] as const);
  const { tokens } = parseArgs({ args: [...argv], options: Object.fromEntries(known), strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, (string | true)[]>();
  const args: string[] = [];
  let after: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') after = [];
    else if (token.kind === 'positional') (after ?? args).push(token.value);
    else values.set(token.name, [...(values.get(token.name) ?? []), given(command, options, token, values.has(token.name))]);
  }
  if (!values.has('help')) checkCount(command, args, after);
  return { values, args, after };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function given(command: Command, options: Options, { name, rawName, value }: OptionToken, again: boolean): string | true {
  const option = options[name];
  if (!option) throw unknown(command, rawName, options);
  if (option.kind === 'flag') {
    if (value !== undefined) throw usage(command, `${rawName} takes no value`);
    return true;
  }
  if (value === undefined) throw usage(command, `${rawName} wants a value: ${rawName} ${option.value ?? 'VALUE'}`);
  if (option.kind === 'text' && again) throw usage(command, `${rawName} is given twice`);
  return value;
}

function checkCount(command: Command, args: readonly string[], after: readonly string[] | undefined): void {
  const missing = command.args.filter(({ optional }) => !optional)[args.length];
  if (missing) throw usage(command, `${missing.name} is missing: ${missing.summary}`);
  const extra = command.args.some(({ many }) => many) ? undefined : args[command.args.length];
  if (extra !== undefined) throw usage(command, `"${extra}" is one argument too many`);
  if (command.after !== undefined && (after === undefined || after.length === 0)) throw usage(command, `${command.after} is missing after --`);
  if (command.after === undefined && after !== undefined) throw usage(command, 'nothing is expected after --');
}

function unknown(command: Command, shown: string, options: Options): PlinthError {
  const near = shown.startsWith('--') ? closest(shown.slice(2), Object.keys(options)) : undefined;
  return usage(command, `there is no option ${shown}${near === undefined ? '' : `; is it --${near}?`}`);
}

const usage = (command: Command, summary: string): PlinthError => new PlinthError({ cause: 'usage', summary: `plinth ${command.name}: ${summary}`, hint: `plinth ${command.name} --help` });
