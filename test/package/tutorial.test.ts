import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyProject, packInto, type Project } from './project.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/tutorial.md', import.meta.url)), 'utf8');

/** The page as a reader follows it: commands, each with the exit code it says, and what they print. */
const steps = [...page.matchAll(/^```(sh|text)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, body = '']) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => (kind === 'text' ? { says: line } : { run: line.replace(/ +# \d+$/, ''), code: Number(/ # (\d+)$/.exec(line)?.[1] ?? 0) })),
);

let project: Project;
let tarball: string;
beforeAll(() => {
  project = emptyProject();
  tarball = packInto(project.dir);
}, 300_000);
afterAll(() => {
  project.run('npx', 'plinth', 'lab', 'down');
  project.remove();
});

/** Who runs the test is root already, and the package is the one that was just built. */
const ours = (line: string): string => line.replace(/^sudo /, '').replace(/^npm install plinth$/, `npm install --no-audit --no-fund '${tarball}'`);

const plain = (text: string): string => text.replaceAll(/[^\S\n]+/g, ' ');

it('the tutorial does what it says, command by command', { timeout: 600_000 }, () => {
  expect(steps.length).toBeGreaterThan(25);
  let printed = '';
  for (const step of steps) {
    if ('says' in step) {
      expect(plain(printed)).toContain(plain(step.says));
      continue;
    }
    const { status, stdout, stderr } = project.run('bash', '-c', ours(step.run));
    printed = `${stdout}\n${stderr}`;
    expect({ command: step.run, code: status, printed: status === step.code ? '' : printed }).toEqual({ command: step.run, code: step.code, printed: '' });
  }
  rmSync(tarball, { force: true });
});
