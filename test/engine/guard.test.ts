import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connection, Reply, Step } from '../../src/contract/connection.ts';
import { change, defineModule, guarded, PlinthError, sh } from '../../src/contract/index.ts';
import { guardOf } from '../../src/engine/guard.ts';
import { runToy } from './run-toy.ts';
import { readCell, type ToyNode, toyNode } from './toy-node.ts';

const risky = defineModule({
  name: 'risky',
  summary: 'A cell whose change may cut the connection.',
  args: z.strictObject({ fails: z.boolean().default(false) }),
  observe: () => ({ found: readCell('port') }),
  *plan({ fails }, { found }) {
    if (found !== '2222') yield change('port', found, '2222', guarded(sh.raw(`set ${JSON.stringify({ cells: { port: '2222' }, fails })}`), { undo: sh.raw('set {"cells":{"port":"22"}}') }));
  },
});

/** What was sent, in short: `1 arm` is the step that arms the guard, sent over the first connection. */
const stepsOf = (sent: readonly (readonly [number, string])[]): string[] =>
  sent.flatMap(([connection, script]) => {
    const step = script.startsWith('set ') ? 'run' : script.includes('"$g/undo"') ? 'arm' : script.includes('"$g/confirmed"') ? 'confirm' : script.includes('"$g/restore" "$g"') ? 'cancel' : undefined;
    return step ? [`${connection} ${step}`] : [];
  });

interface Rigged {
  readonly sent: (readonly [number, string])[];
  connect(host: string): Promise<Connection>;
}

/** Connections that are counted, and answer a step otherwise where `answer` says so. */
function rig(node: ToyNode, answer: (script: string, connection: number) => Reply | Error | undefined = () => undefined): Rigged {
  const sent: [number, string][] = [];
  let connections = 0;
  return {
    sent,
    async connect(host) {
      const mine = ++connections;
      const refused = answer('connect', mine);
      if (refused instanceof Error) throw refused;
      const inner = node.connection(host);
      const send = async (steps: readonly Step[]): Promise<readonly (Reply | undefined)[]> => {
        const replies: (Reply | undefined)[] = [];
        for (const step of steps) {
          sent.push([mine, step.script]);
          const [own] = await inner.send([step]);
          const other = answer(step.script, mine);
          if (other instanceof Error) throw other;
          const reply = other ?? own;
          replies.push(reply);
          if (step.gate && reply?.code !== 0) break;
        }
        return steps.map((_, i) => replies[i]);
      };
      return { ...inner, send };
    },
  };
}

const play = (rigged: Rigged, node: ToyNode, fails = false) =>
  runToy({ n1: node }, ({ play: on, groups }) => void on('P', groups.all, ({ task }) => void task('risk it', risky, { fails })), { connect: (host) => rigged.connect(host) });

describe('a change that may cut the connection', () => {
  it('is confirmed over a new one', async () => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node);
    const { statuses } = await play(rigged, node);
    expect(statuses()).toEqual(['changed']);
    expect(stepsOf(rigged.sent)).toEqual(['1 arm', '1 run', '2 confirm']);
  });

  it('is confirmed also when it did cut the old one', async () => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node, (script) => (script.startsWith('set ') ? new PlinthError({ cause: 'lost', summary: 'the link broke' }) : undefined));
    const { statuses } = await play(rigged, node);
    expect(statuses()).toEqual(['changed']);
    expect(stepsOf(rigged.sent)).toEqual(['1 arm', '1 run', '2 confirm']);
  });

  it('has failed where the node took it back before a new connection came', async () => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node, (script) => (script.includes('"$g/confirmed"') ? { code: 1, facts: new Map([['undone', '0']]), stdout: '', stderr: '' } : undefined));
    const { statuses, end } = await play(rigged, node);
    expect(statuses()).toEqual(['failed']);
    expect(end.errors[0]?.summary).toBe('port: it kept new connections out, so the node took it back by itself after 30 s');
  });

  it.each([
    ['gone', 'the node was restarted before it was confirmed'],
    ['7', 'taking it back failed (exit 7)'],
  ])('tells when the guard itself came to nothing (%s)', async (undone, summary) => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node, (script) => (script.includes('"$g/confirmed"') ? { code: 1, facts: new Map([['undone', undone]]), stdout: '', stderr: 'nft: not found' } : undefined));
    const { end } = await play(rigged, node);
    expect(end.errors[0]?.summary).toContain(summary);
  });

  it('is taken back at once where it fails by itself', async () => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node);
    const { statuses } = await play(rigged, node, true);
    expect(statuses()).toEqual(['failed']);
    expect(stepsOf(rigged.sent)).toEqual(['1 arm', '1 run', '1 cancel']);
  });

  it('is left to the node where no new connection can be made', async () => {
    const node = toyNode([['port', '22']]);
    const rigged = rig(node, (script, connection) => (script === 'connect' && connection > 1 ? new PlinthError({ cause: 'host-key', summary: 'another host key' }) : undefined));
    const { end } = await play(rigged, node);
    expect(stepsOf(rigged.sent)).toEqual(['1 arm', '1 run']);
    expect(end.errors[0]).toMatchObject({ cause: 'host-key', summary: 'port: no new connection to the node could be made, so it was not confirmed', hint: expect.stringContaining('takes the change back by itself, 30 s after') });
  });

  it('costs nothing where nothing differs', async () => {
    const node = toyNode([['port', '2222']]);
    const rigged = rig(node);
    await play(rigged, node);
    expect(stepsOf(rigged.sent)).toEqual([]);
  });
});

describe.each([['dash'], ['bash'], ['busybox sh']])('the guard on a node, by %s', (shell) => {
  let dir = '';
  const file = (): string => join(dir, 'rules');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'plinth-guard-'));
    writeFileSync(file(), 'old\n');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const guard = (within: number, undo = `printf 'old\\n' >${file()}`) => guardOf({ run: `printf 'new\\n' >${file()}`, undo, within }, {}, 'trial', dir);
  const run = ({ script }: Step): { code: number | null; put: string } => {
    const [command = '', ...flags] = shell.split(' ');
    const { status, stdout } = spawnSync(command, flags, { input: `put() { printf '%s=%s\\n' "$1" "$2"; }\nset -eu\n${script}\n`, encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
    return { code: status, put: stdout.trim() };
  };
  /** Waits for what the node does by itself. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  /** Processes that wait to take something of this test back; one that was just ended may still be a zombie. */
  const timers = (): string[] => spawnSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line.includes(dir) && !/^\s*\d+ Z/.test(line));
  const now = (): string => readFileSync(file(), 'utf8');

  it('leaves what was confirmed', async () => {
    const { arm, run: change, confirm } = guard(3_600_000);
    expect([run(arm), run(change), run(confirm)].map(({ code }) => code)).toEqual([0, 0, 0]);
    expect([now(), readdirSync(dir)]).toEqual(['new\n', ['rules']]);
    expect(timers()).toEqual([]);
  });

  it('takes back what was not, and says so to whoever comes to confirm', async () => {
    const { arm, run: change, confirm } = guard(1000);
    run(arm);
    run(change);
    await until(() => existsSync(join(dir, 'guard.trial/code')));
    expect(now()).toBe('old\n');
    expect(run(confirm)).toEqual({ code: 1, put: 'undone=0' });
    expect(readdirSync(dir)).toEqual(['rules']);
  });

  it('says when taking back failed', async () => {
    const { arm, confirm } = guard(1000, 'exit 7');
    run(arm);
    await until(() => existsSync(join(dir, 'guard.trial/code')));
    expect(run(confirm)).toEqual({ code: 1, put: 'undone=7' });
  });

  it('takes back at once when told to', async () => {
    const { arm, run: change, cancel } = guard(3_600_000);
    run(arm);
    run(change);
    expect(run(cancel)).toEqual({ code: 0, put: 'undone=0' });
    expect([now(), readdirSync(dir)]).toEqual(['old\n', ['rules']]);
    expect(timers()).toEqual([]);
  });

  it('cannot confirm what a restart has wiped out', () => {
    expect(run(guard(1000).confirm)).toEqual({ code: 1, put: 'undone=gone' });
  });
});
