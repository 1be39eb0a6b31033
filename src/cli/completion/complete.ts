import type { Command, Completes, Option, Options } from '../arguments/command.ts';
import { everywhere } from '../arguments/everywhere.ts';
import type { Context } from '../context.ts';
import { candidates, type Situation } from './candidates.ts';

/**
 * `plinth __complete WORDS`: what may stand in the place of the last word, `value<TAB>summary` a line. `:files` asks the shell
 * for file names as well. Never fails: a half-written line is no error.
 */
export async function complete(words: readonly string[], commands: readonly Command[], context: Context): Promise<number> {
  const quiet: Context = { ...context, err: () => undefined };
  const found = await propose(words, commands, quiet).catch(() => []);
  context.out(found.map(([value, summary]) => `${value}${summary === '' ? '' : `\t${summary}`}\n`).join(''));
  return 0;
}

type Proposal = readonly [value: string, summary: string];

async function propose(words: readonly string[], commands: readonly Command[], context: Context): Promise<readonly Proposal[]> {
  const current = words.at(-1) ?? '';
  const [name, ...rest] = words.slice(0, -1);
  if (name === undefined || name === 'help') return matching(commands.map((command) => [command.name, command.summary]), current);
  const command = commands.find((one) => one.name === name);
  if (!command || rest.includes('--')) return [];
  const options: Options = { ...command.options, ...everywhere };
  const { args, values, open } = read(rest, options);
  const situation: Situation = { command, args, values, context };

  const inline = /^(--[\w-]+)=(.*)$/s.exec(current);
  if (inline) {
    const [, flag = '', typed = ''] = inline;
    const option = options[flag.slice(2)];
    return option ? (await valuesFor(option.complete, typed, situation)).map(([value, summary]) => [`${flag}=${value}`, summary]) : [];
  }
  if (open) return valuesFor(open.complete, current, situation);
  if (current.startsWith('-')) return matching(Object.entries(options).map(([flag, { summary }]) => [`--${flag}`, summary]), current);
  const argument = command.args[args.length] ?? command.args.find(({ many }) => many);
  return valuesFor(argument?.complete, current, situation);
}

async function valuesFor(kind: Completes | undefined, typed: string, situation: Situation): Promise<readonly Proposal[]> {
  if (kind === undefined) return [];
  // Of a list with commas only the last part is being written.
  const isList = kind === 'limit' || kind === 'tag';
  const done = isList ? (/^(?:.*,)?!?/s.exec(typed)?.[0] ?? '') : '';
  const found = await candidates(kind, situation);
  return found.filter(([value]) => value.startsWith(':') || value.startsWith(typed.slice(done.length))).map(([value, summary]) => [value.startsWith(':') ? value : done + value, summary]);
}

const matching = (all: readonly Proposal[], typed: string): readonly Proposal[] => all.filter(([value]) => value.startsWith(typed));

/** What is written so far, forgivingly; `open` is an option that still wants its value. */
function read(words: readonly string[], options: Options): { args: string[]; values: Map<string, string[]>; open: Option | undefined } {
  const args: string[] = [];
  const values = new Map<string, string[]>();
  let waiting: { readonly name: string; readonly option: Option } | undefined;
  const keep = (name: string, value: string): void => void values.set(name, [...(values.get(name) ?? []), value]);
  for (const word of words) {
    if (waiting) {
      keep(waiting.name, word);
      waiting = undefined;
      continue;
    }
    const [flag = '', ...value] = word.split('=');
    const name = flag.startsWith('--') ? flag.slice(2) : Object.keys(options).find((key) => flag === `-${options[key]?.short}`);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || !option) {
      if (!word.startsWith('-')) args.push(word);
    } else if (option.kind !== 'flag') {
      if (value.length > 0) keep(name, value.join('='));
      else waiting = { name, option };
    }
  }
  return { args, values, open: waiting?.option };
}
