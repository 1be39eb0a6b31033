import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/context.ts';
import { privateFile } from '../../src/cli/secrets/private-file.ts';
import { createProject, type Project, type Ran } from '../cli/terminal.ts';

let project: Project;
beforeEach(() => {
  project = createProject();
  project.write('inventory/lab.yaml', 'vars: { a: !secret age:sudoPassword }\nhosts: { h: }\n');
});
afterEach(() => rmSync(project.dir, { recursive: true }));

const path = (name: string): string => join(project.dir, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');
const env = (more: Record<string, string> = {}): Io['env'] => ({ HOME: project.dir, PATH: process.env.PATH, ...more });
const run = (...argv: string[]): Promise<Ran> => project.runWith({ env: env() }, 'secrets', ...argv);
/** An editor that is a script: `$1` is the file. */
const editor = (script: string): string => {
  project.write('editor', `#!/bin/sh\n${script}\n`);
  chmodSync(path('editor'), 0o755);
  return path('editor');
};
const edit = (script: string, io: Partial<Io> = {}): Promise<Ran> => project.runWith({ env: env({ EDITOR: editor(script) }), ...io }, 'secrets', 'edit');
/** Nothing of a secret may lie about in clear, wherever editors and we put files. */
const leftovers = (): string[] => ['/dev/shm', tmpdir()].flatMap((dir) => readdirSync(dir).filter((name) => name.startsWith(`plinth-secrets-${process.pid}-`)));
afterEach(() => {
  const left = leftovers();
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

describe('plinth secrets init', () => {
  it('makes an identity, the list of recipients and a file that it opens', async () => {
    const { code, out } = await run('init');
    expect({ code, out }).toMatchSnapshot();
    expect(statSync(path('.config/plinth/age.txt')).mode & 0o777).toBe(0o600);
    const recipient = /^# public key: (age1\S+)$/m.exec(read('.config/plinth/age.txt'))?.[1];
    expect(read('inventory/secrets.recipients')).toContain(`\n${recipient}\n`);
    expect(read('inventory/secrets.age')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect((await run('view')).out).toContain('!secret age:NAME');
  });

  it('overwrites nothing', async () => {
    await run('init');
    const before = read('inventory/secrets.age');
    const { code, err } = await run('init');
    expect({ code, err }).toMatchSnapshot();
    expect(read('inventory/secrets.age')).toBe(before);
  });

  it('takes an identity that is there, and other recipients, by key or by file', async () => {
    const mine = await generateIdentity();
    const theirs = await generateIdentity();
    execFileSync('ssh-keygen', ['-q', '-N', '', '-t', 'ed25519', '-f', path('ci')]);
    const { code, out } = await project.runWith({ env: env({ PLINTH_AGE_KEY: mine }) }, 'secrets', 'init', '-r', await identityToRecipient(theirs), '-r', path('ci.pub'));
    expect(code).toBe(0);
    expect(out).toContain('3 recipients can open it');
    expect(existsSync(path('.config'))).toBe(false);
    for (const more of [{ PLINTH_AGE_KEY: theirs }, { PLINTH_AGE_IDENTITY: path('ci') }]) expect((await project.runWith({ env: env(more) }, 'secrets', 'view')).code).toBe(0);
  });

  it.each([
    ['a private key', 'AGE-SECRET-KEY-1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQ'],
    ['a cut age key', 'age1qqpqyqszq'],
    ['a cut SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1'],
    ['a key in hardware', 'sk-ssh-ed25519@openssh.com AAAAGnNr'],
    ['a file that is not there', './gone.pub'],
  ])('refuses %s', async (_, recipient) => {
    const { code, err } = await run('init', '-r', recipient);
    expect({ code, err }).toMatchSnapshot();
    expect(err).not.toContain('QQPQYQSZQGPQYQ');
    expect(existsSync(path('inventory/secrets.age'))).toBe(false);
  });
});

describe('plinth secrets edit', () => {
  beforeEach(async () => void (await run('init')));

  it('gives the text to the editor in memory, privately, and encrypts what it leaves', async () => {
    const { code, out, err } = await edit(`stat -c '%a %n' "$(dirname "$1")" "$1" > '${path('stat')}'; stat -f -c %T "$1" >> '${path('stat')}'\nprintf 'sudoPassword: hunter2\\nother: x\\n' >> "$1"; echo copy > "$1~"`);
    expect({ code, out, err }).toEqual({ code: 0, out: 'inventory/secrets.age: added sudoPassword, other\n', err: '' });
    const [folder, file, system] = read('stat').trim().split('\n');
    expect(folder).toMatch(/^700 /);
    expect(file).toMatch(/^600 /);
    expect(system).toBe('tmpfs');
    expect((await run('view', 'sudoPassword')).out).toBe('hunter2\n');
    expect(read('inventory/secrets.age')).not.toContain('hunter2');
    expect((await edit(`sed -i -e '/^other/d' -e 's/hunter2/hunter3/' "$1"`)).out).toBe('inventory/secrets.age: changed sudoPassword; removed other\n');
  });

  it('leaves the file alone where nothing was changed', async () => {
    const before = read('inventory/secrets.age');
    expect(await edit('true')).toEqual({ code: 0, out: 'nothing was changed\n', err: '' });
    expect(read('inventory/secrets.age')).toBe(before);
  });

  const refused: Readonly<Record<string, string>> = {
    'an editor that fails': 'exit 3',
    'an editor that fails after writing': 'echo "a: hunter2" > "$1"; exit 1',
    'an editor that was killed': 'kill -9 $$',
    'an empty file': ': > "$1"',
    'a file that is gone': 'rm "$1"',
    'a name that is set twice': 'printf "a: hunter2\\na: hunter3\\n" > "$1"',
    'what is no YAML': 'printf "a: [hunter2\\n" > "$1"',
    'somebody else who changed the file meanwhile': 'echo "b: hunter2" >> "$1"; echo >> inventory/secrets.age',
  };
  it.each(Object.entries(refused))('changes nothing and loses nothing: %s', async (_, script) => {
    await edit('echo "keep: hunter1" >> "$1"');
    const before = read('inventory/secrets.age');
    const { code, out, err } = await edit(script);
    expect({ code, out, err }).toMatchSnapshot();
    expect(out + err).not.toContain('hunter');
    expect(read('inventory/secrets.age').trimEnd()).toBe(before.trimEnd());
    // What was written and not taken is there the next time, encrypted meanwhile.
    const wrote = /hunter2/.test(script);
    expect(existsSync(path('inventory/secrets.age.rejected'))).toBe(wrote);
    if (!wrote) return;
    expect(read('inventory/secrets.age.rejected')).toMatch(/^-----BEGIN AGE/);
    const again = await edit(`grep -q hunter2 "$1" && printf 'keep: hunter1\\na: mended\\n' > "$1"`);
    expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: expect.stringContaining('added a') as string });
    expect(existsSync(path('inventory/secrets.age.rejected'))).toBe(false);
  });

  it('asks on a terminal whether to edit again', async () => {
    const asked: string[] = [];
    const terminal = { stdout: true, canAsk: true, columns: 80, rows: 24 };
    const answering = (...answers: string[]): Partial<Io> => ({ terminal, ask: async (question) => (asked.push(question), answers.shift() ?? '') });
    const twice = `if [ -e '${path('once')}' ]; then echo 'a: good' > "$1"; else touch '${path('once')}'; echo 'a: [' > "$1"; fi`;
    expect(await edit(twice, answering(''))).toMatchObject({ code: 0, out: 'inventory/secrets.age: added a\n' });
    expect(asked).toEqual(['edit again? [Y/n] ']);
    expect((await edit('echo "a: [" > "$1"', answering('n'))).code).toBe(1);
    expect(existsSync(path('inventory/secrets.age.rejected'))).toBe(true);
  });

  it('needs a terminal, or an editor that does without', async () => {
    const { code, err } = await run('edit');
    expect({ code, err }).toMatchSnapshot();
  });

  it('never shuts you out: a list of recipients without your own key is refused', async () => {
    writeFileSync(path('inventory/secrets.recipients'), `${await identityToRecipient(await generateIdentity())}\n`);
    const before = read('inventory/secrets.age');
    const { code, err } = await run('rekey');
    expect({ code, err: err.replaceAll(/age1[a-z0-9]{50,}/g, 'age1...') }).toMatchSnapshot();
    expect((await edit('echo "a: hunter2" >> "$1"')).code).toBe(1);
    expect(read('inventory/secrets.age')).toBe(before);
    expect((await project.runWith({ env: env() }, 'secrets', 'view', '-f', 'inventory/secrets.age')).code).toBe(0);
  });

  it('takes its file away when it is ended, and what a killed one left is swept the next time', async () => {
    const stale = (await privateFile('secrets.yaml', 'a: x\n', env())).path;
    const dead = spawn('true');
    await new Promise((done) => dead.once('exit', done));
    const left = join(stale, '..', '..', `plinth-secrets-${dead.pid}-abc`);
    mkdirSync(left);
    const fresh = await privateFile('secrets.yaml', 'a: x\n', env());
    expect(existsSync(left)).toBe(false);
    // That of a process that lives is none of ours to take.
    expect(existsSync(stale)).toBe(true);
    fresh.remove();
    rmSync(join(stale, '..'), { recursive: true });
    const handlers: ((signal?: string) => void)[] = [];
    const ended = edit('exec sleep 60', { onInterrupt: (handler) => (handlers.push(handler), () => undefined) });
    while (handlers.length === 0) await new Promise((done) => setTimeout(done, 10));
    handlers.forEach((handler) => handler('SIGINT'));
    handlers.forEach((handler) => handler('SIGTERM'));
    expect((await ended).err).toContain('it was ended by SIGTERM');
  });
});

describe('plinth secrets view and rekey', () => {
  beforeEach(async () => {
    await run('init');
    await edit('echo "sudoPassword: hunter2" >> "$1"');
  });

  it('views one by its name, and says which there are', async () => {
    expect(await run('view', 'sudoPasswort')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is it sudoPassword?') as string });
  });

  it('rekeys for whoever is listed now', async () => {
    const theirs = await generateIdentity();
    const theirEnv = env({ PLINTH_AGE_KEY: theirs });
    expect((await project.runWith({ env: theirEnv }, 'secrets', 'view')).err).toContain('none of your identities opens inventory/secrets.age');
    writeFileSync(path('inventory/secrets.recipients'), `${read('inventory/secrets.recipients')}${await identityToRecipient(theirs)}  \n`);
    expect((await run('check')).out).toContain('secrets.age is encrypted to 1 recipient, and not to those that secrets.recipients lists (2): plinth secrets rekey');
    expect(await run('rekey')).toMatchObject({ code: 0, out: 'inventory/secrets.age is encrypted to 2 recipients now\n' });
    expect((await project.runWith({ env: theirEnv }, 'secrets', 'view', 'sudoPassword')).out).toBe('hunter2\n');
    expect((await run('check', 'inventory')).code).toBe(0);
    // The identity itself lies in the home, which here is the project.
    expect((await run('check')).out).toContain('.config/plinth/age.txt:3:1: an age identity');
  });

  it.each([
    ['nobody', '# only a comment\n'],
    ['what is no key', 'somebody@example\nage1xyz\nssh-dss AAAA\n'],
  ])('refuses a list of recipients with %s', async (_, text) => {
    writeFileSync(path('inventory/secrets.recipients'), text);
    const { code, err } = await run('rekey');
    expect({ code, err }).toMatchSnapshot();
  });

  it('says what there is when it is asked for something else', async () => {
    expect((await run('vew')).err).toContain('there is no action "vew"; is it "view"?');
    expect((await run('edit', 'x')).err).toContain('"x" is one argument too many');
    expect((await run('edit', '-r', 'x')).err).toContain('--recipient goes with init');
    expect((await run('view', '-f', 'x.yaml')).err).toContain('does not end in .age');
    expect((await run('view', '-f', 'x.age')).err).toContain('x.age does not exist');
  });
});
