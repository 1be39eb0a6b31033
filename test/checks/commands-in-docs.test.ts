import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from '../../src/cli/arguments/parse.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { PlinthError } from '../../src/contract/diagnostic.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = execFileSync('git', ['ls-files', '-z', '--', 'README.md', 'docs/*.md', 'docs/how-to/*.md'], { cwd: root, encoding: 'utf8' }).split('\0').filter((name) => name !== '' && existsSync(join(root, name)));

/** Command lines of Plinth in the code of a page: indented or fenced, and whole lines only. */
const linesOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^(?: {4,}|\$ )(?:- run: )?(?:sudo )?(?:npx )?plinth +(\S.*)$/gm)].map(([, line = '']) => line.replace(/ {2,}.*$/, '').replace(/ +(\|\||&&|\||>|#).*$/, ''));

/** As a shell would part it: quotes hold words together. */
const words = (line: string): string[] => [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? '');

function complaint(line: string): string | undefined {
  const [name, ...argv] = words(line);
  if (name === undefined || name.startsWith('-') || name === 'help' || /^[A-Z]/.test(name)) return undefined;
  const command = commands.find((one) => one.name === name);
  if (!command) return `there is no command ${name}`;
  try {
    parse(command, argv);
    return undefined;
  } catch (error) {
    return error instanceof PlinthError ? error.message : String(error);
  }
}

it('every command in our pages is one that the command line takes', () => {
  const lines = pages.flatMap((page) => linesOf(page).map((line) => ({ page, line })));
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.flatMap(({ page, line }) => complaint(line)?.replace(/^/, `${page}: plinth ${line}: `) ?? [])).toEqual([]);
});
