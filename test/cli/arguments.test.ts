import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../src/cli/arguments/command.ts';
import { parse } from '../../src/cli/arguments/parse.ts';
import { createProject } from './terminal.ts';

const command = defineCommand({
  name: 'try',
  summary: 'Tries.',
  args: [{ name: 'FILE', summary: 'the file' }, { name: 'MORE', summary: 'more', optional: true }],
  options: { quick: { kind: 'flag', short: 'q', summary: '' }, loud: { kind: 'flag', short: 'l', summary: '' }, name: { kind: 'text', short: 'n', summary: '' }, tag: { kind: 'list', short: 't', summary: '' } },
  run: async () => 0,
});
const values = (...argv: string[]): Record<string, unknown> => Object.fromEntries(parse(command, argv).values);

describe('parse', () => {
  it('takes every usual spelling', () => {
    expect(values('f', '--name', 'x')).toEqual({ name: ['x'] });
    expect(values('f', '--name=a=b')).toEqual({ name: ['a=b'] });
    expect(values('f', '-n', 'x')).toEqual({ name: ['x'] });
    expect(values('f', '-nx')).toEqual({ name: ['x'] });
    expect(values('-ql', 'f')).toEqual({ quick: [true], loud: [true] });
    expect(values('-qnx', 'f')).toEqual({ quick: [true], name: ['x'] });
    expect(values('f', '-t', 'a', '--tag=b')).toEqual({ tag: ['a', 'b'] });
    expect(values('f', '--name', '--quick')).toEqual({ name: ['--quick'] });
    expect(parse(command, ['-', 'g']).args).toEqual(['-', 'g']);
  });

  it.each([
    [[], 'plinth try: FILE is missing: the file'],
    [['f', 'g', 'h'], 'plinth try: "h" is one argument too many'],
    [['f', '--nam', 'x'], 'plinth try: there is no option --nam; is it --name?'],
    [['f', '-x'], 'plinth try: there is no option -x'],
    [['f', '--name'], 'plinth try: --name wants a value: --name VALUE'],
    [['f', '--quick=1'], 'plinth try: --quick takes no value'],
    [['f', '-n', 'a', '-n', 'b'], 'plinth try: -n is given twice'],
    [['f', '--', 'g'], 'plinth try: nothing is expected after --'],
  ])('refuses %j', (argv, message) => expect(() => parse(command, argv)).toThrow(message));
});

describe('main', () => {
  it('helps', async () => {
    const { run } = createProject();
    await expect((await run('--help')).out).toMatchFileSnapshot('golden/help.txt');
    await expect((await run('apply', '--help')).out).toMatchFileSnapshot('golden/apply.help.txt');
    expect((await run('help', 'apply')).out).toBe((await run('apply', '-h')).out);
    expect(await run('--version')).toMatchObject({ code: 0, out: '0.1.0\n' });
    expect(await run()).toMatchObject({ code: 1 });
  });

  it('names the command that was meant', async () => {
    const { run } = createProject();
    expect(await run('aply')).toMatchObject({ code: 1, out: '', err: '✗ plinth: there is no command "aply"; is it "apply"?\n  → plinth --help\n' });
    expect((await run('apply', 'x.ts', '--limt', 'a')).err).toContain('is it --limit?');
  });
});
