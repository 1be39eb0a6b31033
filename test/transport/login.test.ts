import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reach } from '../../src/contract/connection.ts';
import { openConnection } from '../../src/transport/index.ts';
import { createUser, keygen, noPassword, type Sshd, startSshd, type TestUser, withPassword } from './sshd.ts';

let sshd: Sshd;
const users: TestUser[] = [];
const user = (options: Parameters<typeof createUser>[0]): TestUser => {
  const made = createUser(options);
  users.push(made);
  return made;
};

beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => {
  sshd.stop();
  for (const one of users) one.remove();
});

/** Opens, asks who it is, moves bytes both ways, closes. */
async function whoami(reach: Reach): Promise<string> {
  const connection = await openConnection(reach);
  try {
    const [reply] = await connection.send([{ script: 'put who "$(id -un) $HOME"; put bytes "$(printf "a\\r\\nb\\tc\\004d")"; echo out; echo err >&2' }]);
    expect(reply).toMatchObject({ code: 0, stdout: 'out\n', stderr: 'err\n' });
    expect(reply?.facts.get('bytes')).toBe('a\r\nb\tc\u0004d');
    const content = Buffer.alloc(300_000, Uint8Array.from([0, 13, 10, 4, 3, 26, 17, 19, 255]));
    const path = `/tmp/plinth-login-${process.pid}`;
    await connection.put({ path, content, mode: '0600', owner: reply?.facts.get('who')?.split(' ')[0] ?? '', group: reply?.facts.get('who')?.split(' ')[0] ?? '' });
    expect((await connection.fetch(path)).equals(content)).toBe(true);
    await connection.send([{ script: `rm ${path}` }]);
    return reply?.facts.get('who') ?? '';
  } finally {
    await connection.close();
  }
}
const refusal = (reach: Reach) => openConnection(reach).then((connection) => connection.close().then(() => 'it opened'), (error: { diagnostics: readonly unknown[] }) => error.diagnostics[0]);

describe('become', () => {
  it('takes sudo without a password', async () => {
    expect(await whoami(sshd.reach(user({ sudoers: noPassword })))).toBe('root /root');
  });
  it('takes sudo with a password', async () => {
    const one = user({ sudoers: withPassword });
    expect(await whoami(sshd.reach(one, { becomePassword: one.password }))).toBe('root /root');
  });
  it('takes a password that sudo does not want', async () => {
    expect(await whoami(sshd.reach(user({ sudoers: noPassword }), { becomePassword: 'touch /tmp/never' }))).toBe('root /root');
    expect(existsSync('/tmp/never')).toBe(false);
  });
  it('stays itself with become: false', async () => {
    const one = user({});
    expect(await whoami(sshd.reach(one, { become: false }))).toBe(`${one.name} ${one.home}`);
  });
  it('says that a password is missing', async () => {
    expect(await refusal(sshd.reach(user({ sudoers: withPassword })))).toMatchObject({ cause: 'become', hint: expect.stringContaining('--ask-become-pass') });
  });
  it('says that the password is wrong, after one try', async () => {
    const one = user({ sudoers: [`Defaults:%u logfile=/tmp/plinth-sudo-${process.pid}`, ...withPassword] });
    expect(await refusal(sshd.reach(one, { becomePassword: 'wrong' }))).toMatchObject({ cause: 'become', summary: expect.stringContaining('does not take the password') });
    const log = `/tmp/plinth-sudo-${process.pid}`;
    expect(readFileSync(log, 'utf8').replaceAll(/\n\s+/g, ' ').match(/incorrect password attempt/g)).toHaveLength(1);
    execFileSync('rm', ['-f', log]);
  });
  it('says that the user may not use sudo', async () => {
    const one = user({});
    expect(await refusal(sshd.reach(one, { becomePassword: one.password }))).toMatchObject({ cause: 'become' });
  });
  it.each([['prompts in colours', ['Defaults:%u passprompt="[31mPasswort für %p? [0m", passprompt_override, insults, pwfeedback']], ['use_pty', ['Defaults:%u use_pty']], ['a lecture', ['Defaults:%u lecture=always']]])('does not care about %s', async (_name, defaults) => {
    const one = user({ sudoers: [...defaults, ...withPassword] });
    expect(await whoami(sshd.reach(one, { becomePassword: one.password }))).toBe('root /root');
  });
  it.each([['without', noPassword], ['with', withPassword]])('gives sudo a terminal where it wants one, %s a password', async (_name, sudoers) => {
    const one = user({ sudoers: ['Defaults:%u requiretty', ...sudoers], bashrc: 'echo noise\n' });
    expect(await whoami(sshd.reach(one, { becomePassword: one.password }))).toBe('root /root');
    expect(execFileSync('find', ['/tmp', '-maxdepth', '1', '-user', one.name, '-name', 'tmp.*'], { encoding: 'utf8' })).toBe('');
  });
});

describe('login shells', () => {
  const wrapper = `/tmp/plinth-ash-${process.pid}`;
  afterAll(() => execFileSync('rm', ['-f', wrapper]));
  it.each([['dash', '/bin/dash'], ['busybox ash', wrapper]])('works where the login shell is %s', async (_name, shell) => {
    writeFileSync(wrapper, '#!/bin/sh\nexec busybox sh "$@"\n', { mode: 0o755 });
    const one = user({ shell, sudoers: withPassword });
    expect(await whoami(sshd.reach(one, { becomePassword: one.password }))).toBe('root /root');
  });
  it('says so where there is no shell', async () => {
    expect(await refusal(sshd.reach(user({ shell: '/usr/sbin/nologin', sudoers: noPassword }), { become: false }))).toMatchObject({ cause: 'lost', detail: expect.stringContaining('not available') });
  });
});

describe('authentication', () => {
  it('opens an encrypted key with its passphrase, and says which key it cannot open', async () => {
    const one = user({});
    const key = join(one.home, 'locked');
    copyFileSync(one.key, key);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret', '-f', key], { stdio: 'pipe' });
    const reach = sshd.reach(one, { identityFiles: [key], become: false });
    expect(await whoami({ ...reach, passphrase: 'secret' })).toContain(one.name);
    expect(await refusal({ ...reach, passphrase: 'wrong' })).toMatchObject({ cause: 'auth', detail: expect.stringMatching(/locked: the passphrase does not open the key/) });
    expect(await refusal(reach)).toMatchObject({ cause: 'auth', detail: expect.stringMatching(/locked: the key is encrypted/) });
  });
  it('takes a password', async () => {
    const one = user({});
    const { identityFiles: _, ...reach } = sshd.reach(one, { become: false });
    expect(await whoami({ ...reach, password: one.password })).toContain(one.name);
    expect(await refusal({ ...reach, password: 'wrong' })).toMatchObject({ cause: 'auth', summary: expect.stringContaining(one.name) });
  });
  it('asks the agent', async () => {
    const one = user({});
    const socket = join(one.home, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      for (let left = 50; left > 0 && !existsSync(socket); left--) await new Promise((resolve) => setTimeout(resolve, 50));
      execFileSync('ssh-add', ['-q', one.key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'pipe' });
      const { identityFiles: _, ...reach } = sshd.reach(one, { become: false });
      const config = join(one.home, 'config');
      writeFileSync(config, `Host *\n  IdentityAgent ${socket}\n`);
      expect(await whoami({ ...reach, sshConfig: config })).toContain(one.name);
    } finally {
      agent.kill();
    }
  });
  it('says that no key was taken', async () => {
    const one = user({});
    const key = join(one.home, 'stranger');
    keygen(key);
    expect(await refusal(sshd.reach(one, { identityFiles: [key] }))).toMatchObject({ cause: 'auth', detail: expect.stringContaining('ssh-ed25519'), hint: expect.stringContaining('authorized_keys') });
    chmodSync(key, 0o600);
    expect(await refusal(sshd.reach(one, { identityFiles: [join(one.home, 'none')] }))).toMatchObject({ cause: 'auth', detail: expect.stringContaining('cannot be read') });
  });
});
