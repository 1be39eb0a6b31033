import { spawn } from 'node:child_process';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { Context } from '../context.ts';

/**
 * Lets the user edit a file with their editor (VISUAL, EDITOR, else vi), which the shell starts as git does. Ctrl-C is the
 * editor's; SIGTERM and SIGHUP end it.
 * @throws PlinthError where it ends with an error, or there is neither an editor nor a terminal.
 */
export async function runEditor(path: string, { env, cwd, terminal, onInterrupt }: Pick<Context, 'env' | 'cwd' | 'terminal' | 'onInterrupt'>): Promise<void> {
  const named = [env.VISUAL, env.EDITOR].find((one) => one !== undefined && one.trim() !== '');
  if (named === undefined && !terminal.canAsk) throw new PlinthError({ cause: 'usage', summary: 'there is no terminal to edit on, and EDITOR names no program that needs none', hint: "Run it from a terminal; a script can do EDITOR='cp new.yaml' plinth secrets edit" });
  const editor = named ?? 'vi';
  // Plain words take the shell's place, so that ending the one ends the other.
  const exec = /^[\w./+-]+( [\w./+=:-]+)*$/.test(editor) ? 'exec ' : '';
  const child = spawn('sh', ['-c', `${exec}${editor} "$1"`, 'sh', path], { cwd, env: { ...env }, stdio: 'inherit' });
  const release = onInterrupt((signal) => void (signal === 'SIGINT' || child.kill('SIGTERM')));
  try {
    const ended = await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code === 0 ? undefined : code === 127 ? `there is no program ${editor.split(' ')[0]}` : code === null ? `it was ended by ${signal}` : `it ended with exit code ${code}`));
    });
    if (ended !== undefined) throw new PlinthError({ cause: 'secret', summary: `the editor (${editor}) failed: ${ended}`, hint: 'EDITOR names the one to use' });
  } finally {
    release();
  }
}
