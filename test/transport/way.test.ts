import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reach } from '../../src/contract/connection.ts';
import { handshake, introduction } from '../../src/transport/ssh/handshake.ts';
import { strictHostKeys } from '../../src/transport/target/host-key-policy.ts';
import { targetOf } from '../../src/transport/target/target.ts';
import { createLimiter, openConnection, type OpenOptions } from '../../src/transport/index.ts';
import { eventually, marked } from './processes.ts';
import { createUser, freePort, keygen, noPassword, type Sshd, startSshd, type TestUser, withPassword } from './sshd.ts';

let sshd: Sshd;
let user: TestUser;
let dir: string;

beforeAll(async () => {
  sshd = await startSshd();
  user = createUser({ sudoers: noPassword });
  dir = mkdtempSync(join(tmpdir(), 'plinth-way-'));
});
afterAll(() => {
  sshd.stop();
  user.remove();
  rmSync(dir, { recursive: true, force: true });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function works(reach: Reach, options: OpenOptions = {}): Promise<string> {
  const connection = await openConnection(reach, options);
  try {
    expect((await connection.send([{ script: 'put a b' }]))[0]?.facts.get('a')).toBe('b');
    return connection.transport;
  } finally {
    await connection.close();
  }
}
const refusal = (reach: Reach, options: OpenOptions = {}) => works(reach, options).then(() => 'it worked', (error: { diagnostics: readonly unknown[] }) => error.diagnostics[0]);
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

describe('the way to a host', () => {
  it('goes through a chain of jump hosts', async () => {
    const [first, second] = await Promise.all([startSshd(), startSshd()]);
    const known = file('known', [sshd, first, second].map((one) => `[127.0.0.1]:${one.port} ${one.hostKey}\n`).join(''));
    const { hostKeys: _, ...reach } = sshd.reach(user, { knownHostsFiles: [known], proxyJump: `${user.name}@127.0.0.1:${first.port},${user.name}@127.0.0.1:${second.port}` });
    expect(await works(reach)).toBe('ssh');
    expect(second.log()).toContain(user.name);
    second.stop();
    expect(await refusal({ ...reach, connectRetries: 0 })).toMatchObject({ cause: 'unreachable' });
    first.stop();
  });

  it('goes through a ProxyCommand, which ends with the connection', async () => {
    const command = `socat - TCP:%h:%p,nodelay`;
    expect(await works(sshd.reach(user, { proxyCommand: command }))).toBe('ssh');
    expect(await eventually(() => marked(`TCP:127.0.0.1:${sshd.port},nodelay`), (pids) => pids.length === 0)).toEqual([]);
    expect(await refusal(sshd.reach(user, { proxyCommand: 'echo no way >&2; exit 1', connectRetries: 0 }))).toMatchObject({ cause: 'unreachable', summary: expect.stringContaining('no way') });
  });

  it('follows ssh_config: alias, user, port, key, jump', async () => {
    const known = file('known2', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
    const config = file('config', `Host *.lab !bad.lab\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${user.name}\n  IdentityFile ${user.key}\nHost *\n  UserKnownHostsFile ${known}\n`);
    expect(await works({ host: 'a.lab', transport: 'auto', sshConfig: config })).toBe('ssh');
    expect(await works({ host: 'a.lab', transport: 'openssh', sshConfig: config })).toContain('openssh');
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      expect(await works({ host: 'b.lab', transport: 'auto', sshConfig: config })).toBe('ssh');
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('says why there is no connection', async () => {
    const port = await freePort();
    expect(await refusal(sshd.reach(user, { port, connectRetries: 0 }))).toMatchObject({ cause: 'unreachable', summary: expect.stringContaining('connection refused') });
    expect(await refusal(sshd.reach(user, { address: 'no-such-name.invalid', connectRetries: 0 }))).toMatchObject({ cause: 'unreachable', summary: expect.stringContaining('not known') });
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    expect(await refusal(sshd.reach(user, { port: typeof address === 'object' && address ? address.port : 0, connectTimeout: 300, connectRetries: 0 }))).toMatchObject({ cause: 'unreachable', summary: expect.stringContaining('timed out') });
    silent.close();
  });

  it('connects afresh where a connection was taken and nobody answers on it', async () => {
    const near: Socket[] = [];
    const deafOnce = createServer((socket) => {
      socket.on('error', () => undefined);
      if (near.push(socket) === 1) return;
      const far = connect(sshd.port, '127.0.0.1').on('error', () => undefined);
      socket.pipe(far).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(deafOnce, 'listening');
    expect(await works(sshd.reach(user, { port: portOf(deafOnce), connectTimeout: 5000, connectRetries: 0 }))).toBe('ssh');
    expect(near).toHaveLength(2);
    deafOnce.close();
  });

  it('sees a connection that broke before anything was said', async () => {
    const target = await targetOf(sshd.reach(user));
    const broken = connect(sshd.port, '127.0.0.1');
    await once(broken, 'connect');
    broken.destroy();
    await once(broken, 'close');
    await expect(handshake(target, broken, strictHostKeys, await introduction(target), 10_000)).rejects.toMatchObject({ passing: true, diagnostics: [{ cause: 'unreachable', summary: expect.stringContaining('hung up at once') }] });
  });

  it('waits for a host that is booting', async () => {
    const port = await freePort();
    const late = createServer((near) => {
      const far = connect(sshd.port, '127.0.0.1');
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.pipe(far).pipe(near);
    });
    setTimeout(() => late.listen(port, '127.0.0.1'), 500);
    expect(await works(sshd.reach(user, { port, connectRetries: 5 }))).toBe('ssh');
    late.close();
  });

  it('can be given up', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const abort = new AbortController();
    const opening = refusal(sshd.reach(user, { port: typeof address === 'object' && address ? address.port : 0 }), { signal: abort.signal });
    setTimeout(() => abort.abort(), 200);
    expect(await opening).toMatchObject({ cause: 'aborted' });
    silent.close();
  });
});

describe('an sshd with limits', () => {
  it('gets along with MaxSessions 2, sudo password and all', async () => {
    const tight = await startSshd(['MaxSessions 2']);
    const one = createUser({ sudoers: withPassword });
    try {
      for (const transport of ['ssh', 'openssh'] as const) expect(await works(tight.reach(one, { transport, becomePassword: one.password }))).toContain('ssh');
    } finally {
      tight.stop();
      one.remove();
    }
  });

  it('gets along with MaxStartups 2:100:2', async () => {
    const tight = await startSshd(['MaxStartups 2:100:2']);
    try {
      const limiter = createLimiter();
      const all = Array.from({ length: 12 }, () => works(tight.reach(user, { connectRetries: 6 }), { limiter }));
      expect(await Promise.all(all)).toEqual(Array.from({ length: 12 }, () => 'ssh'));
    } finally {
      tight.stop();
    }
  });

  it('gets along with a rekey in the middle of an upload', async () => {
    const busy = await startSshd(['RekeyLimit 1M']);
    const connection = await openConnection(busy.reach(user));
    const content = Buffer.alloc(8 * 1024 * 1024, 5);
    await connection.put({ path: join(dir, 'rekeyed'), content, mode: '0600', owner: 'root', group: 'root' });
    expect((await connection.fetch(join(dir, 'rekeyed'))).equals(content)).toBe(true);
    await connection.close();
    busy.stop();
  });
});

describe('what only OpenSSH can do', () => {
  it('is done by it: certificates', async () => {
    keygen(join(dir, 'ca'));
    const certified = await startSshd([`TrustedUserCAKeys ${join(dir, 'ca.pub')}`]);
    const key = join(dir, 'id');
    keygen(key);
    execFileSync('ssh-keygen', ['-q', '-s', join(dir, 'ca'), '-I', 'test', '-n', user.name, `${key}.pub`], { stdio: 'pipe' });
    const notes: string[] = [];
    const reach = certified.reach(user, { transport: 'auto', identityFiles: [key] });
    expect(await works(reach, { note: (message) => void notes.push(message) })).toMatch(/^openssh/);
    expect(notes).toEqual([expect.stringContaining('certificate')]);
    expect(await refusal({ ...reach, transport: 'ssh' })).toMatchObject({ cause: 'auth' });
    certified.stop();
  });

  it('is done by it: a server with post-quantum key exchange only', async () => {
    const modern = await startSshd(['KexAlgorithms sntrup761x25519-sha512@openssh.com']);
    const notes: string[] = [];
    expect(await works(modern.reach(user, { transport: 'auto' }), { note: (message) => void notes.push(message) })).toMatch(/^openssh/);
    expect(notes.join()).toContain('nothing in common');
    expect(await refusal(modern.reach(user))).toMatchObject({ cause: 'unreachable', hint: expect.stringContaining('--transport openssh') });
    modern.stop();
  });

  it('is done by it: Match exec', async () => {
    const known = file('known3', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
    const config = file('config3', `Match host m.lab exec "true"\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${user.name}\n  IdentityFile ${user.key}\n  UserKnownHostsFile ${known}\n`);
    expect(await works({ host: 'm.lab', transport: 'auto', sshConfig: config })).toMatch(/^openssh/);
  });

  it('is done by it: a host key signed by an authority', async () => {
    keygen(join(dir, 'hostca'));
    const signed = await startSshd([`HostCertificate ${join(dir, 'host-cert.pub')}`]);
    writeFileSync(join(dir, 'host.pub'), readFileSync(join(signed.dir, 'host.pub')));
    execFileSync('ssh-keygen', ['-q', '-s', join(dir, 'hostca'), '-I', 'host', '-h', '-n', '127.0.0.1', join(dir, 'host.pub')], { stdio: 'pipe' });
    const known = file('known4', `@cert-authority [127.0.0.1]:* ${readFileSync(join(dir, 'hostca.pub'), 'utf8')}`);
    const { hostKeys: _, ...reach } = signed.reach(user, { transport: 'auto', knownHostsFiles: [known] });
    signed.reload();
    expect(await works(reach)).toMatch(/^openssh/);
    signed.stop();
  });
});
