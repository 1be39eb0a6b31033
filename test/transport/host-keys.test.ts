import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reach } from '../../src/contract/connection.ts';
import { acceptNewHostKeys, askHostKeys, type NewHostKey, openConnection, type OpenOptions } from '../../src/transport/index.ts';
import { knownKeys } from '../../src/transport/target/known-hosts.ts';
import { createUser, keygen, type Sshd, startSshd, type TestUser } from './sshd.ts';

let sshd: Sshd;
let user: TestUser;
let dir: string;
let files = 0;

beforeAll(async () => {
  sshd = await startSshd();
  user = createUser();
  dir = mkdtempSync(join(tmpdir(), 'plinth-hk-'));
});
afterAll(() => {
  sshd.stop();
  user.remove();
  rmSync(dir, { recursive: true, force: true });
});

const knownHosts = (text = ''): string => {
  const file = join(dir, `known_hosts${files++}`);
  if (text !== '') writeFileSync(file, text);
  return file;
};
const name = (): string => `[127.0.0.1]:${sshd.port}`;
const key = (): string => sshd.hostKey.split(' ').slice(0, 2).join(' ');
const stranger = (): string => {
  const file = join(dir, `stranger${files++}`);
  keygen(file);
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
};
const print = (line: string): string => execFileSync('ssh-keygen', ['-lf', '-'], { input: `${line}\n`, encoding: 'utf8' }).split(' ')[1] ?? '';

describe.each(['ssh', 'openssh'] as const)('host keys (%s)', (transport) => {
  const reach = (file: string, more: Partial<Reach> = {}): Reach => {
    const { hostKeys: _, ...unpinned } = sshd.reach(user, { become: false, transport, knownHostsFiles: [file], ...more });
    return more.hostKeys ? { ...unpinned, hostKeys: more.hostKeys } : unpinned;
  };
  const open = (to: Reach, options: OpenOptions = {}) =>
    openConnection(to, options).then(
      (connection) => connection.close().then(() => 'open'),
      (error: { diagnostics: readonly unknown[] }) => error.diagnostics[0],
    );

  it('refuses an unknown host by default, and says how to go on', async () => {
    const file = knownHosts();
    expect(await open(reach(file))).toMatchObject({ cause: 'host-key', summary: expect.stringContaining('not known'), hint: expect.stringContaining('--accept-new') });
    expect(existsSync(file)).toBe(false);
  });

  it('accepts a new key when told to, remembers it, and then needs no telling', async () => {
    // OpenSSH 9.2 itself writes behind a last line without an end.
    const file = knownHosts(transport === 'ssh' ? '# mine' : '# mine\n');
    expect(await open(reach(file), { hostKeys: acceptNewHostKeys })).toBe('open');
    expect(readFileSync(file, 'utf8')).toContain('# mine\n');
    expect(readFileSync(file, 'utf8')).toContain(key().split(' ')[1]);
    expect(await open(reach(file))).toBe('open');
  });

  it('asks once for all new hosts', async () => {
    const asked: (readonly NewHostKey[])[] = [];
    const yes = askHostKeys(async (keys) => (asked.push(keys), true));
    const no = askHostKeys(async () => false);
    const together = await Promise.all([open(reach(knownHosts()), { hostKeys: yes }), open(reach(knownHosts()), { hostKeys: yes })]);
    expect(together).toEqual(['open', 'open']);
    expect(asked.flat()).toHaveLength(2);
    expect(asked[0]?.[0]).toMatchObject({ host: 'node', fingerprint: expect.stringMatching(/^SHA256:/), address: `127.0.0.1:${sshd.port}` });
    expect(await open(reach(knownHosts()), { hostKeys: no })).toMatchObject({ cause: 'host-key' });
  });

  it('refuses a changed key, also when new ones are accepted', async () => {
    const file = knownHosts(`${name()} ${stranger()}\n`);
    expect(await open(reach(file), { hostKeys: acceptNewHostKeys })).toMatchObject({ cause: 'host-key', summary: expect.stringContaining('CHANGED'), detail: expect.stringContaining(file), hint: expect.stringContaining(`ssh-keygen -R '${name()}'`) });
  });

  it('knows hashed names, patterns, several files, and skips lines that make no sense', async () => {
    const hashed = knownHosts(`${name()} ${key()}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', hashed], { stdio: 'pipe' });
    expect(readFileSync(hashed, 'utf8')).toMatch(/^\|1\|/);
    expect(await open(reach(hashed))).toBe('open');
    const patterns = knownHosts(`rubbish\n${name()} ssh-ed25519 notbase64\n@what ever ssh-ed25519 AAAA\n# ${name()}\n[127.0.0.*]:${sshd.port} ${key()}\n`);
    expect(await open(reach(patterns))).toBe('open');
    expect(await open(reach(knownHosts(`[127.0.0.*]:${sshd.port},!${name()} ${key()}\n`)))).toMatchObject({ cause: 'host-key' });
    expect(await open({ ...reach(knownHosts()), knownHostsFiles: [join(dir, 'none'), hashed] })).toBe('open');
  });

  it('refuses a revoked key', async () => {
    expect(await open(reach(knownHosts(`${name()} ${key()}\n@revoked * ${key()}\n`)))).toMatchObject({ cause: 'host-key', summary: expect.stringContaining('revoked') });
  });

  it('lets a pinned key win over known_hosts', async () => {
    const wrong = knownHosts(`${name()} ${stranger()}\n`);
    expect(await open(reach(wrong, { hostKeys: [stranger(), sshd.hostKey] }))).toBe('open');
    expect(await open(reach(knownHosts(`${name()} ${key()}\n`), { hostKeys: [stranger()] }))).toMatchObject({ cause: 'host-key' });
  });

  it('verifies the jump host too', async () => {
    const jump = await startSshd();
    try {
      const through = { proxyJump: `${user.name}@127.0.0.1:${jump.port}` };
      const jumpKey = `[127.0.0.1]:${jump.port} ${jump.hostKey}\n`;
      const own = `${name()} ${key()}\n`;
      const config = join(dir, `config${files++}`);
      writeFileSync(config, `Host *\n  IdentityFile ${user.key}\n  UserKnownHostsFile ${knownHosts(own + jumpKey)}\n`);
      const { knownHostsFiles: _, ...byConfig } = reach('', { ...through, sshConfig: config });
      expect(await open(byConfig)).toBe('open');
      writeFileSync(`${config}b`, `Host *\n  IdentityFile ${user.key}\n  UserKnownHostsFile ${knownHosts(own)}\n`);
      expect(await open({ ...byConfig, sshConfig: `${config}b` })).toMatchObject({ cause: 'host-key' });
    } finally {
      jump.stop();
    }
  });
});

describe('the fingerprints of a refused key', () => {
  it('are shown: the one found, the one known and where', async () => {
    const old = stranger();
    const file = knownHosts(`${name()} ${old}\n`);
    const { hostKeys: _, ...unpinned } = sshd.reach(user, { become: false, knownHostsFiles: [file] });
    await expect(openConnection(unpinned)).rejects.toMatchObject({ diagnostics: [{ detail: `found: ssh-ed25519 ${print(sshd.hostKey)}\nknown: ssh-ed25519 ${print(old)} (${file}:1)` }] });
    await expect(openConnection({ ...unpinned, knownHostsFiles: [] })).rejects.toMatchObject({ diagnostics: [{ detail: `ssh-ed25519 ${print(sshd.hostKey)}` }] });
  });
});

describe('known_hosts', () => {
  it('reads markers and places', async () => {
    const file = knownHosts(`\n@cert-authority *.example ${key()}\n`);
    expect(await knownKeys([file], 'a.example')).toMatchObject([{ marker: '@cert-authority', at: `${file}:2` }]);
    expect(await knownKeys([file], 'other')).toEqual([]);
  });
});
