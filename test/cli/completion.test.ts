import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, type Project } from './terminal.ts';

let project: Project;
beforeEach(() => {
  project = createProject();
});
afterEach(() => rmSync(project.dir, { recursive: true }));

describe('completion in bash', () => {
  it('hands over the words and shows what comes back', async () => {
    const { out } = await project.run('completion', 'bash');
    // Stands for plinth: tells what it was asked, and answers.
    const plinth = project.write('bin/plinth', '#!/bin/sh\nprintf "%s|" "$@" >asked\nprintf "%s\\n" "--output=jsonl\tlines" "--output=junit" "with space\tsummary" ":files"\n');
    chmodSync(plinth, 0o755);
    mkdirSync(join(project.dir, 'folder'));
    const ask = (...words: string[]): string[] => {
      const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _plinth; printf '%s\\n' "\${COMPREPLY[@]}"; echo "asked: $(cat asked)"`;
      return execFileSync('bash', ['-c', script], { cwd: project.dir, env: { PATH: `${join(project.dir, 'bin')}:${process.env.PATH ?? ''}` }, encoding: 'utf8' }).trimEnd().split('\n');
    };
    expect(ask(plinth, 'apply', 'fo')).toEqual(['--output=jsonl', '--output=junit', 'with space', 'folder', 'asked: __complete|apply|fo|']);
    // Bash breaks words at =.
    const inline = ask(plinth, 'apply', '--output', '=', 'j');
    expect(inline.slice(0, 2)).toEqual(['jsonl', 'junit']);
    expect(inline.at(-1)).toBe('asked: __complete|apply|--output=j|');
    expect(ask(plinth, 'apply', '').at(-1)).toBe('asked: __complete|apply||');
  });

  it.each(['bash', 'zsh', 'fish'])('%s gets a script', async (shell) => {
    expect((await project.run('completion', shell)).out).toContain('__complete');
  });
});
