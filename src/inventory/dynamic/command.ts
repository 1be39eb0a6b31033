import { basename } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { splitWords } from '../ansible/words.ts';
import { runProgram } from './program.ts';
import type { Source } from './source.ts';

/** What any program prints: an inventory in Plinth's own form, YAML or JSON, or what Ansible's scripts print for `--list`. */
export const command: Source = {
  name: 'command',
  summary: 'what a program prints',
  age: 60_000,
  async load(argument, { cwd, env, timeout }) {
    const source = `command:${argument}`;
    const words = splitWords(argument);
    if (!words) throw new PlinthError({ cause: 'usage', summary: `${source}: a quote is never closed`, hint: 'words are parted as in a shell, but no shell runs them' });
    const argv = words.map((word) => word.text);
    const [program] = argv;
    if (program === undefined) throw new PlinthError({ cause: 'usage', summary: 'command: names no program', hint: '-i "command:./hosts.sh --site home"' });
    const text = await runProgram({ argv, cwd, env, timeout, source });
    if (text.trim() === '') throw new PlinthError({ cause: 'inventory', summary: `${source}: it printed nothing`, hint: 'it prints an inventory as YAML or JSON: {"groups": {"workers": {"hosts": ["node1"]}}}' });
    return { text, label: `command:${basename(program)}` };
  },
};
