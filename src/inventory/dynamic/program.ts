import { execFile } from 'node:child_process';
import { type Cause, PlinthError } from '../../contract/index.ts';

/** A local program to run: its arguments as they are, no shell between. */
export interface ProgramToRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In ms. */
  readonly timeout: number;
  /** How a person would name what asks for it. */
  readonly source: string;
  /** What to do where the program is not there. */
  readonly missing?: string;
  /** Default: `inventory`. */
  readonly cause?: Cause;
  /** What it printed may be a secret: it is never told. */
  readonly keepStdout?: true;
}

/** Much more than the hosts of any fleet take. */
const mostOutput = 64 * 1024 * 1024;

/**
 * What a program prints.
 * @throws PlinthError where it is not there, fails or takes too long, with its last lines.
 */
export function runProgram({ argv, cwd, env, timeout, source, missing, cause = 'inventory', keepStdout }: ProgramToRun): Promise<string> {
  const [program = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd, env: { ...env }, timeout, killSignal: 'SIGKILL', maxBuffer: mostOutput, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = lastLines(stderr) ?? (keepStdout ? undefined : lastLines(stdout));
      const fail = (summary: string, hint: string): void =>
        reject(new PlinthError({ cause, summary: `${source}: ${summary}`, ...(said === undefined ? {} : { detail: said }), hint }, { cause: error }));
      if (error.code === 'ENOENT') return fail(`there is no program ${program}`, missing ?? 'is it installed, and on the PATH?');
      if (error.code === 'EACCES') return fail(`${program} may not be run`, `chmod +x ${program}`);
      if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return fail('it printed more than 64 MiB', 'is it an inventory at all?');
      if (error.killed === true) return fail(`it took longer than ${timeout / 1000} s and was ended`, `run it yourself: ${shown(argv)}`);
      return fail(typeof error.code === 'number' ? `it ended with exit code ${error.code}` : `it was ended by ${error.signal ?? 'an error'}`, `run it yourself: ${shown(argv)}`);
    });
    // Nobody answers questions here.
    child.stdin?.end();
  });
}

const shown = (argv: readonly string[]): string => argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** The end of an output, if it has any. */
export function lastLines(text: string, count = 8): string | undefined {
  const lines = text.trimEnd().split(/\r?\n/);
  return text.trim() === '' ? undefined : lines.slice(-count).map((line) => (line.length > 300 ? `${line.slice(0, 300)}...` : line)).join('\n');
}
