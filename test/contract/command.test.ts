import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { Late, Secret, sh } from '../../src/contract/index.ts';
import { command } from '../../src/modules/commands/command/index.ts';
import { planWith } from '../../src/testing/index.ts';
import { type Outcome, perform } from './perform.ts';
import { nodeShells, take } from './read/take.ts';

type Args = z.input<typeof command.args>;

let dir = '';
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), "plinth command's "))));
afterAll(() => rmSync(dir, { recursive: true }));

const changeOf = (args: Args) => {
  const [first] = planWith(command, args, {}).changes;
  if (!first) throw new Error('nothing to run');
  return first.change;
};

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('a command by %s', (_, shell) => {
  const run = (args: Args): Promise<Outcome> => perform(changeOf(args), shell);

  it('runs a shell text, ended by its first failure', async () => {
    expect(await run({ run: 'echo out; echo err >&2' })).toEqual({ code: 0, stdout: 'out\n', stderr: 'err\n' });
    expect(await run({ run: 'false\necho not reached' })).toMatchObject({ code: 1, stdout: '' });
    expect(await run({ run: 'echo "${NOT_SET-}$NOT_SET"; exit 7' })).toMatchObject({ code: 7, stdout: '\n' });
  });

  it('runs a list of words without a shell', async () => {
    expect((await run({ run: ['printf', '%s|', 'a b', '$HOME', "it's", '*', '', 'new\nline'] })).stdout).toBe("a b|$HOME|it's|*||new\nline|");
  });

  it('says which code failed, and takes others as success', async () => {
    expect((await run({ run: 'exit 3' })).code).toBe(3);
    const { code, stderr } = await run({ run: 'echo note >&2; exit 3', okCodes: [0, 3, 4] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'note\nexit code 3 is taken as success\n' });
    expect((await run({ run: 'exit 0', okCodes: [3] })).code).toBe(1);
    expect((await run({ run: ['/does/not/exist'] })).code).toBe(127);
  });

  it('gives environment, input and directory', async () => {
    const secret = new Secret('token', async () => "t0'ken $x");
    const args: Args = { run: 'pwd; printf "%s|" "$TOKEN" "$PLAIN"; cat', env: { TOKEN: secret, PLAIN: 'a b' }, stdin: new Late('join', async () => 'in\nput'), cwd: dir };
    expect((await run(args)).stdout).toBe(`${dir}\nt0'ken $x|a b|in\nput`);
    expect(changeOf(args).run).toHaveProperty('parts');
    expect(planWith(command, args, {}).changes[0]?.run).toContain('TOKEN=<token>');
    expect((await run({ run: 'exit 5', stdin: 'x' })).code).toBe(5);
  });

  it('runs a script with late values in it', async () => {
    const token = new Secret('token', async () => "it's");
    expect((await run({ run: sh`printf '%s\n' ${token} ${'a b'}` })).stdout).toBe("it's\na b\n");
    expect((await run({ run: sh`false; echo no` })).stdout).toBe('');
  });

  it('runs as another user, with that user\'s home, and nothing secret on a command line', async () => {
    const token = new Secret('token', async () => "it's a token");
    const args: Args = { run: sh`id -un; printf '%s\n' ${token} "$HOME" "$A"; cat /proc/$$/cmdline | tr '\\0' ' '; cat; false; echo no`, as: 'daemon', env: { A: 'b' }, stdin: 'in' };
    const { code, stdout } = await run(args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^daemon\nit's a token\n\/usr\/sbin\nb\n.*in$/s);
    expect(stdout.split('\n').slice(4).join('\n')).not.toContain('token');
    expect((await run({ run: ['id', '-un'], as: 'daemon' })).stdout).toBe('daemon\n');
    expect((await run({ run: "printf '%s ' \"it's\" 2; id -un", as: 'daemon' })).stdout).toBe("it's 2 daemon\n");
  });

  it('is guarded by tests in its directory', async () => {
    const readings = (args: Args) => take(command.observe(command.args.parse(args)), shell);
    writeFileSync(join(dir, 'here'), '');
    const args: Args = { run: 'true', cwd: dir, unless: 'test -f there && exit 0; exit 3', onlyIf: 'echo said; test -f here' };
    const found = await readings(args);
    expect(found).toEqual({ unless: { holds: false, said: '' }, onlyIf: { holds: true, said: 'said' } });
    expect(planWith(command, args, found).changes).toHaveLength(1);
    expect((await readings({ run: 'true', unless: 'if' })).unless?.holds).toBe(false);
    expect(await readings({ run: 'true', creates: dir, removes: '/does/not/exist' })).toMatchObject({ creates: { type: 'directory' }, removes: undefined });
  });
});

describe('the result of a command', () => {
  it('is an event that changedWhen judges, with its true code', () => {
    const seen: unknown[] = [];
    const change = changeOf({ run: 'x', okCodes: [0, 3], changedWhen: (result) => seen.push(result) > 1 });
    expect(change.event).toBe(true);
    expect(change.changedWhen?.({ code: 0, stdout: 'o', stderr: 'e\nexit code 3 is taken as success\n' })).toBe(false);
    expect(change.changedWhen?.({ code: 0, stdout: '', stderr: '' })).toBe(true);
    expect(seen[0]).toEqual({ code: 3, stdout: 'o', stderr: 'e' });
  });

  it('is its output, and says whether it ran', () => {
    expect(planWith(command, { run: 'x', creates: '/y' }, { creates: { type: 'file', mode: '0644', owner: 'root', group: 'root', size: 0, mtime: 0 } }).output).toEqual({ ran: false, code: 0, stdout: '', stderr: '' });
    expect(planWith(command, { run: 'x' }, {}, [{ code: 0, stdout: 'hi\n', stderr: '' }]).output).toEqual({ ran: true, code: 0, stdout: 'hi\n', stderr: '' });
  });

  it('of a guarded command is no event: it must satisfy a guard', () => {
    expect(changeOf({ run: 'x', creates: '/y' }).event).toBeUndefined();
    expect(() => planWith(command, { run: 'x', creates: '/y', changedWhen: () => true }, {})).toThrow('is for a command without guards');
  });
});
