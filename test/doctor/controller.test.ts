import { describe, expect, it } from 'vitest';
import { judgeAgent } from '../../src/cli/doctor/controller/agent.ts';
import { judgeClock } from '../../src/cli/doctor/controller/clock.ts';
import { isEncrypted, judgeKeys, judgeSshDir } from '../../src/cli/doctor/controller/keys.ts';
import { judgeKnownHosts } from '../../src/cli/doctor/controller/known-hosts.ts';
import { judgeLocale } from '../../src/cli/doctor/controller/locale.ts';
import { judgeNode } from '../../src/cli/doctor/controller/node.ts';
import { judgeOpenssh } from '../../src/cli/doctor/controller/openssh.ts';

describe('Node.js', () => {
  it.each([
    ['v18.20.1', '2026-11-20', 'bad'],
    ['v20.20.2', '2026-04-29', 'ok'],
    ['v20.20.2', '2026-11-20', 'warn'],
    ['v24.1.0', '2026-11-20', 'ok'],
    ['v31.0.0', '2026-11-20', 'ok'],
  ] as const)('%s on %s is %s', (version, today, verdict) => expect(judgeNode(version, today).verdict).toBe(verdict));
});

describe('OpenSSH', () => {
  it.each([
    [undefined, 'warn', 'not installed'],
    ['OpenSSH_9.2p1 Debian-2+deb12u7, OpenSSL 3.0.17', 'ok', 'OpenSSH_9.2p1'],
    ['OpenSSH_for_Windows_9.5p1, LibreSSL 3.8.2', 'ok', 'OpenSSH_for_Windows_9.5p1'],
    ['OpenSSH_7.4p1, OpenSSL 1.0.2k', 'warn', 'OpenSSH_7.4p1'],
    ['Dropbear v2022.83', 'warn', '`ssh -V` says: Dropbear v2022.83'],
  ] as const)('%s is %s', (said, verdict, found) => expect(judgeOpenssh(said)).toMatchObject({ verdict, found }));
});

describe('the agent', () => {
  const none = { socket: undefined, code: undefined, keys: 0, files: 0 };
  it.each([
    [none, 'warn', 'none is running, and there is no usual key file'],
    [{ ...none, files: 1 }, 'ok', 'none is running; keys are read from files'],
    [{ ...none, socket: '/run/agent' }, 'warn', 'at /run/agent; ssh-add is not installed, so it was not asked'],
    [{ socket: '/gone', code: 2, keys: 0, files: 1 }, 'warn', 'nobody answers at /gone'],
    [{ socket: '/s', code: 1, keys: 0, files: 0 }, 'warn', 'it holds no key, and there is no usual key file'],
    [{ socket: '/s', code: 1, keys: 0, files: 1 }, 'ok', 'it holds no key; keys are read from files'],
    [{ socket: '/s', code: 0, keys: 1, files: 0 }, 'ok', 'it holds 1 key'],
    [{ socket: '/s', code: 0, keys: 6, files: 0 }, 'warn', 'it holds 6 keys'],
  ] as const)('%j is %s', (state, verdict, found) => expect(judgeAgent(state)).toMatchObject({ verdict, found }));
});

describe('key files', () => {
  const key = { path: '/k', mode: 0o600, readable: true, encrypted: false, hosts: [] };
  it.each([
    [key, 'ok', '/k, mode 0600'],
    [{ ...key, encrypted: true, hosts: ['a'] }, 'ok', '/k, mode 0600, with a passphrase (a)'],
    [{ ...key, mode: 0o640 }, 'bad', '/k is open to others, mode 0640'],
    [{ ...key, mode: undefined, readable: false, hosts: ['a', 'b', 'c', 'd'] }, 'bad', '/k does not exist (a, b, c and 1 more)'],
    [{ ...key, readable: false }, 'bad', '/k cannot be read'],
  ] as const)('%j is %s', (file, verdict, found) => expect(judgeKeys([file])).toMatchObject([{ verdict, found }]));

  it.each([
    [0o700, undefined],
    [undefined, undefined],
    [0o775, 'warn'],
  ] as const)('a folder of mode %o is %s', (mode, verdict) => expect(judgeSshDir('/h/.ssh', mode)?.verdict).toBe(verdict));

  it('tells a passphrase by the file', () => {
    const openssh = (cipher: string): string => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(cipher.length);
      return `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.concat([Buffer.from('openssh-key-v1\0'), length, Buffer.from(cipher), Buffer.alloc(40)]).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
    };
    expect(isEncrypted(openssh('none'))).toBe(false);
    expect(isEncrypted(openssh('aes256-ctr'))).toBe(true);
    expect(isEncrypted('-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n')).toBe(true);
    expect(isEncrypted('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----')).toBe(false);
    expect(isEncrypted('')).toBe(false);
  });
});

describe('known_hosts', () => {
  const line = 'node1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==';
  it.each([
    [undefined, undefined, 'warn', '/kh is not there'],
    [`${line}\n# a comment\n\n@revoked * ssh-rsa AAAAB3Nz\n|1|c2FsdA==|aGFzaA== ssh-rsa AAAAB3Nz\n`, 0o600, 'ok', '/kh, 3 entries'],
    [line, 0o666, 'bad', '/kh is open for writing to others, mode 0666'],
    [`${line}\nnonsense\n`, 0o644, 'warn', '/kh:2 cannot be understood'],
  ] as const)('%j, mode %s, is %s', (text, mode, verdict, found) => expect(judgeKnownHosts({ path: '/kh', text, mode }, true)).toMatchObject({ verdict, found }));
});

describe('known_hosts that nobody needs', () => {
  it('may be missing', () => expect(judgeKnownHosts({ path: '/kh', text: undefined, mode: undefined }, false)).toMatchObject({ verdict: 'ok' }));
});

describe('the locale', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, 'linux', 'ok', 'LANG=en_US.UTF-8'],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', 'warn', 'LC_ALL=C'],
    [{ LC_ALL: '', LC_CTYPE: 'C.utf8' }, 'linux', 'ok', 'LC_CTYPE=C.utf8'],
    [{}, 'linux', 'warn', 'not set'],
    [{}, 'darwin', 'ok', 'not set'],
  ] as const)('%j on %s is %s', (env, platform, verdict, found) => expect(judgeLocale(env, platform)).toMatchObject({ verdict, found }));
});

describe('the clock', () => {
  it.each([
    [true, [10, -20, 5], 'ok', 'kept by a time service'],
    [undefined, [10, -200], 'ok', 'within 0.2 s of the hosts'],
    [false, [], 'warn', 'not kept by a time service'],
    [true, [5000, 5100, 4900], 'warn', '3 of 3 hosts agree that it is 5.0 s slow'],
    [true, [-90_000, -90_100, 3], 'warn', '2 of 3 hosts agree that it is 90.0 s fast'],
    [true, [60_000, 0, 10], 'ok', 'kept by a time service'],
    [true, [60_000], 'ok', 'kept by a time service'],
  ] as const)('synchronised %s, hosts apart by %j: %s', (synchronized, skews, verdict, found) => expect(judgeClock(synchronized, skews)).toMatchObject({ verdict, found }));
});
