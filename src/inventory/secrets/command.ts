import { PlinthError } from '../../contract/index.ts';
import { splitWords } from '../ansible/words.ts';
import { runProgram } from '../dynamic/program.ts';
import type { SecretSources } from './sources.ts';

/** Password managers ask for a PIN or a touch, in windows of their own. */
const patience = 120_000;

/**
 * What a program prints, without the last newline: `pass show lab/sudo`, `op read op://lab/sudo/password`, `bw get password sudo`,
 * `vault kv get -field=password kv/lab`. Words are parted as in a shell, but no shell runs them.
 * @throws PlinthError with what it said on stderr; what it printed on stdout is never shown.
 */
export async function askCommand(text: string, folder: string, { env }: Pick<SecretSources, 'env'>): Promise<string> {
  const argv = splitWords(text)?.map((word) => word.text);
  const program = argv?.[0];
  if (!argv || program === undefined) throw new PlinthError({ cause: 'secret', summary: `command:${text}: a quote is never closed`, hint: 'words are parted as in a shell, but no shell runs them' });
  const printed = await runProgram({ argv, cwd: folder, env, timeout: patience, source: `command:${program}`, cause: 'secret', keepStdout: true });
  return printed.replace(/\r?\n$/, '');
}
