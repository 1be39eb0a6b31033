import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { examinationSchema } from '../../src/cli/doctor/host/examination.ts';
import { examineScript } from '../../src/cli/doctor/host/script.ts';

const shells = [['dash'], ['bash', '--posix'], ['busybox', 'ash']].filter(([program = '']) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0);

describe('what the node is asked', () => {
  it('has a shell to be tried with', () => expect(shells.length).toBeGreaterThan(0));

  it.each(shells)('is understood by %s %s, and says what this machine is', async (program, ...args) => {
    const out = execFileSync(program ?? 'sh', [...args, '-c', `set -eu\n${await examineScript.text()}`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = examinationSchema.parse(out);
    expect(said.user).not.toBe('');
    expect(said.isRoot).toBe(process.getuid?.() === 0);
    expect(said.space.map(({ mount }) => mount)).toContain('/');
    expect(said.shell).toMatch(/^[\w/.-]+$/);
  });
});
