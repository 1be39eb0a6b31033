import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reach } from '../../src/contract/connection.ts';
import { quote } from '../../src/contract/script/quote.ts';
import { openConnection } from '../../src/transport/index.ts';
import { buildController } from './controller.ts';
import { eventually, goneMarked, longSleep, marked } from './processes.ts';
import { createUser, noPassword, type Sshd, startSshd, type TestUser } from './sshd.ts';

let sshd: Sshd;
let admin: TestUser;
let dir: string;
let state: string;
let controller: ReturnType<typeof buildController>;
const lock = (run: string) => ({ who: 'ada@desk', run, since: '2026-01-02T03:04:05Z' });

beforeAll(async () => {
  sshd = await startSshd();
  admin = createUser({ sudoers: noPassword });
  dir = mkdtempSync(join(tmpdir(), 'plinth-own-'));
  state = join(dir, 'state');
  controller = buildController();
});
afterAll(() => {
  sshd.stop();
  admin.remove();
  controller.remove();
  rmSync(dir, { recursive: true, force: true });
});

const reaches: readonly (readonly [string, () => Reach])[] = [
  ['ssh', () => sshd.reach(admin)],
  ['openssh', () => sshd.reach(admin, { transport: 'openssh' })],
  ['local', () => ({ host: 'here', transport: 'local' })],
];
const left = (): string[] => (existsSync(state) ? readdirSync(state).filter((name) => name !== 'lock') : []);

describe.each(reaches)('a controller that dies (%s)', (_name, reach) => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('leaves no process, no lock and no file after %s', async (signal) => {
    const seconds = longSleep();
    const run = controller.start({ reach: reach(), options: { lock: lock('one'), state }, steps: [{ script: `echo up; (trap '' TERM HUP; sleep ${seconds}; :) & sleep ${seconds}` }] });
    await run.said('up');
    expect(marked(seconds).length).toBeGreaterThan(0);
    expect(left()).toContain('holder');
    run.kill(signal);
    await run.ended;
    expect(await goneMarked(seconds)).toEqual([]);
    expect(await eventually(left, (files) => files.length === 0)).toEqual([]);
    const next = await openConnection(reach(), { lock: lock('two'), state });
    await next.close();
  });

  it('leaves no staging file when it dies in an upload', async () => {
    const run = controller.start({ reach: reach(), options: { lock: lock('put'), state }, put: join(dir, 'big') });
    await run.said('open');
    await eventually(() => readdirSync(dir).filter((name) => name.startsWith('.plinth-')), (files) => files.length > 0);
    run.kill('SIGKILL');
    await run.ended;
    expect(await eventually(() => readdirSync(dir).filter((name) => name.startsWith('.plinth-')), (files) => files.length === 0)).toEqual([]);
    expect(await eventually(left, (files) => files.length === 0)).toEqual([]);
  });

  it('has a step that it dies in clean up after itself', async () => {
    const seconds = longSleep();
    const file = join(dir, 'half-made');
    // dash says "Terminated" of a program that was ended, on a stream that nobody reads any more.
    const run = controller.start({ reach: reach(), options: { lock: lock('cleaning'), state }, steps: [{ script: `trap 'rm -f ${quote(file)}' EXIT; : >${quote(file)}; echo up; sleep ${seconds}; :` }] });
    await run.said('up');
    expect(existsSync(file)).toBe(true);
    run.kill('SIGKILL');
    await run.ended;
    expect(await goneMarked(seconds)).toEqual([]);
    expect(await eventually(left, (files) => files.length === 0)).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('lets a critical step finish, its output going on, and keeps the node locked until then', async () => {
    const done = join(dir, 'done');
    const after = join(dir, 'after');
    const script = `echo begun; i=0; while [ $i -lt 15 ]; do echo line $i; echo err $i >&2; sleep 0.2; i=$((i+1)); done; : >${quote(done)}; exit 3`;
    const run = controller.start({ reach: reach(), options: { lock: lock('critical'), state }, steps: [{ script, critical: true }, { script: `: >${quote(after)}` }] });
    await run.said('line 2');
    run.kill('SIGKILL');
    await run.ended;
    const notes: string[] = [];
    const next = await openConnection(reach(), { lock: lock('next'), state, note: (message) => void notes.push(message), waitForLock: 500 });
    expect(existsSync(done)).toBe(true);
    expect(existsSync(after)).toBe(false);
    expect(notes.join('\n')).toMatch(/waiting for [^]*critical[^]*ended with exit code/);
    await next.close();
    expect(left().filter((name) => name !== 'critical')).toEqual([]);
    rmSync(done);
  });
});

describe('the lock', () => {
  it('refuses a second operator and says who holds it', async () => {
    const first = await openConnection(sshd.reach(admin), { lock: lock('first'), state });
    await expect(openConnection(sshd.reach(admin), { lock: lock('second'), state })).rejects.toMatchObject({ diagnostics: [{ cause: 'locked', summary: expect.stringMatching(/ada@desk, run first, since 2026-01-02/) }] });
    const waiting = openConnection(sshd.reach(admin), { lock: lock('third'), state, waitForLock: 30_000 });
    await first.send([{ script: ':' }]);
    await first.close();
    await (await waiting).close();
  });

  it('is not inherited by a daemon that a step left', async () => {
    const seconds = longSleep();
    const first = await openConnection(sshd.reach(admin), { lock: lock('first'), state });
    await first.send([{ script: `setsid sleep ${seconds} >/dev/null 2>&1 &` }]);
    await first.close();
    const second = await openConnection(sshd.reach(admin), { lock: lock('second'), state });
    await second.close();
    expect(marked(seconds)).toHaveLength(1);
    for (const pid of marked(seconds)) process.kill(pid);
  });

  it('is taken over from a holder whose link is half open', async () => {
    const relay = await relayTo(sshd.port);
    const seconds = longSleep();
    const first = await openConnection(sshd.reach(admin, { port: relay.port, hostKeys: [sshd.hostKey] }), { lock: lock('silent'), state });
    const sent = first.send([{ script: `echo; sleep ${seconds}` }]).catch(() => undefined);
    await eventually(() => marked(seconds), (pids) => pids.length > 0);
    relay.freeze();
    // As if the last sign of life were long ago.
    writeFileSync(join(state, 'heartbeat'), `${Number.parseInt(readFileSync('/proc/uptime', 'utf8'), 10) - 1000}\n`);
    const notes: string[] = [];
    const second = await openConnection(sshd.reach(admin), { lock: lock('heir'), state, note: (message) => void notes.push(message) });
    expect(notes.join()).toContain('took the lock over from ada@desk');
    expect(await goneMarked(seconds)).toEqual([]);
    await second.close();
    relay.stop();
    await sent;
    await first.close();
  });

  it('is taken over at once by the same run, whose link broke', async () => {
    const relay = await relayTo(sshd.port);
    const seconds = longSleep();
    const first = await openConnection(sshd.reach(admin, { port: relay.port }), { lock: lock('same'), state });
    const sent = first.send([{ script: `echo; sleep ${seconds}` }]).catch(() => undefined);
    await eventually(() => marked(seconds), (pids) => pids.length > 0);
    relay.freeze();
    const second = await openConnection(sshd.reach(admin), { lock: lock('same'), state });
    expect(await goneMarked(seconds)).toEqual([]);
    await second.close();
    relay.stop();
    await sent;
    await first.close();
  });

  it('works without flock(1)', async () => {
    const bin = join(dir, 'bin');
    execFileSync('/bin/sh', ['-c', `mkdir -p ${bin}; for p in $(busybox --list); do ln -sf /bin/busybox ${bin}/$p; done; rm -f ${bin}/flock; ln -sf /usr/bin/setsid ${bin}/setsid`]);
    const plain = { state: join(dir, 'noflock'), path: bin };
    const first = await openConnection(sshd.reach(admin), { ...plain, lock: lock('first') });
    await expect(openConnection(sshd.reach(admin), { ...plain, lock: lock('second') })).rejects.toMatchObject({ diagnostics: [{ cause: 'locked', summary: expect.stringContaining('run first') }] });
    const holder = Number(readFileSync(join(plain.state, 'holder'), 'utf8').split('\n')[3]);
    process.kill(holder, 'SIGKILL');
    await eventually(() => existsSync(`/proc/${holder}`), (there) => !there);
    const heirs = await Promise.allSettled(['a', 'b'].map((run) => openConnection(sshd.reach(admin), { ...plain, lock: lock(run) })));
    expect(heirs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const heir of heirs) if (heir.status === 'fulfilled') await heir.value.close();
    await first.close();
    expect(readdirSync(plain.state).filter((name) => name !== 'lock')).toEqual([]);
  });
});

describe('a link that is cut', () => {
  it('is `lost`, and its tree is ended', async () => {
    const relay = await relayTo(sshd.port);
    const seconds = longSleep();
    const connection = await openConnection(sshd.reach(admin, { port: relay.port }), { lock: lock('cut'), state });
    const sent = connection.send([{ script: `echo last words; sleep ${seconds}` }], { onOutput: () => relay.stop() });
    await expect(sent).rejects.toMatchObject({ diagnostics: [{ cause: 'lost', detail: expect.stringContaining('last words') }] });
    expect(await goneMarked(seconds)).toEqual([]);
    await connection.close();
  });

  it('never runs part of a frame', async () => {
    const path = join(dir, 'part');
    const runner = spawn('/bin/sh', { stdio: ['pipe', 'ignore', 'ignore'] });
    const { frameText } = await import('../../src/transport/shell/frame.ts');
    const { runnerText } = await import('../../src/transport/shell/runner.ts');
    runner.stdin.write(runnerText({ nonce: 'abc', root: false, state }, quote));
    const frame = frameText('abc', [{ script: `: >${quote(path)}` }, { script: ':' }], 'x');
    runner.stdin.end(frame.slice(0, -4));
    await new Promise((resolve) => runner.once('exit', resolve));
    await sleep(100);
    expect(existsSync(path)).toBe(false);
  });
});

/** A TCP relay that can be frozen (half-open link) or cut. */
async function relayTo(port: number): Promise<{ port: number; freeze(): void; stop(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    freeze: () => sockets.forEach((socket) => (socket.unpipe(), socket.pause())),
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
