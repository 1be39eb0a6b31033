import type { Style } from '../../report/text/style.ts';
import type { Argument, Command, Options } from './command.ts';
import { everywhere } from './everywhere.ts';

/** `plinth --help`: every command on a line. */
export function helpForAll(commands: readonly Command[], style: Style): string {
  return `${[
    `${style.bold('plinth')}: describes nodes in TypeScript, plans truly, converges over SSH.`,
    '',
    'usage: plinth COMMAND [options]',
    '',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'plinth COMMAND --help tells more; plinth --version prints the version.',
  ].join('\n')}\n`;
}

export function helpFor(command: Command, style: Style): string {
  const { args, options, after, examples } = command;
  return `${[
    command.summary,
    '',
    `usage: ${style.bold(['plinth', command.name, ...args.map(shown), '[options]', ...(after === undefined ? [] : ['--', after])].join(' '))}`,
    ...section('arguments', args.map(({ name, summary }) => [name, summary])),
    ...section('options', rows({ ...options, ...everywhere })),
    ...(examples.length > 0 ? ['', 'for example:', ...examples.map((line) => `  ${line}`)] : []),
  ].join('\n')}\n`;
}

const shown = ({ name, optional, many }: Argument): string => (optional ? `[${name}]` : name) + (many ? '...' : '');

const rows = (options: Options): [string, string][] => Object.entries(options).map(([name, { short, kind, value, summary }]) => [`${short === undefined ? '    ' : `-${short}, `}--${name}${kind === 'flag' ? '' : ` ${value ?? 'VALUE'}`}`, summary]);

const section = (title: string, lines: readonly (readonly [string, string])[]): string[] => (lines.length === 0 ? [] : ['', `${title}:`, ...table(lines)]);

function table(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
