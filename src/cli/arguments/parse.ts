import { PlinthError } from '../../contract/diagnostic.ts';
import { closest } from '../print/closest.ts';
import type { Command, Given, Options } from './command.ts';
import { everywhere } from './everywhere.ts';

/**
 * Reads a command's part of the command line: `--name value`, `--name=value`, `-n value`, `-abc` for flags, `--` ends it.
 * @throws PlinthError, cause `usage`, for what the command does not know.
 */
export function parse(command: Command, argv: readonly string[]): Given {
  const options: Options = { ...everywhere, ...command.options };
  const values = new Map<string, (string | true)[]>();
  const args: string[] = [];
  const end = argv.indexOf('--');
  const words = end < 0 ? [...argv] : argv.slice(0, end);
  const after = end < 0 ? undefined : argv.slice(end + 1);

  const give = (name: string, shown: string, inline: string | undefined): void => {
    const option = options[name];
    if (!option) throw unknown(command, shown, options);
    const list = values.get(name) ?? [];
    values.set(name, list);
    if (option.kind === 'flag') {
      if (inline !== undefined) throw usage(command, `${shown} takes no value`);
      list.push(true);
      return;
    }
    const value = inline ?? words.shift();
    if (value === undefined) throw usage(command, `${shown} wants a value: ${shown} ${option.value ?? 'VALUE'}`);
    if (option.kind === 'text' && list.length > 0) throw usage(command, `${shown} is given twice`);
    list.push(value);
  };

  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('--')) {
      const [name = '', ...value] = word.slice(2).split('=');
      give(name, `--${name}`, value.length > 0 ? value.join('=') : undefined);
    } else if (word.startsWith('-') && word !== '-') {
      const [letter = '', ...rest] = word.slice(1);
      const name = Object.keys(options).find((key) => options[key]?.short === letter) ?? letter;
      const isFlag = options[name]?.kind === 'flag';
      give(name, `-${letter}`, rest.length > 0 && !isFlag ? rest.join('') : undefined);
      if (rest.length > 0 && isFlag) words.unshift(`-${rest.join('')}`);
    } else {
      args.push(word);
    }
  }
  if (!values.has('help')) checkCount(command, args, after);
  return { values, args, after };
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
