import { join } from 'node:path';
import type { Connection, SendOptions, Step } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { quote } from '../../contract/script/quote.ts';
import type { ShellOptions } from '../become/open-shell.ts';
import { spawnLink } from '../local/spawn.ts';
import { boot } from '../shell/boot.ts';
import { shellConnection } from '../shell/connection.ts';
import { type FaultyLink, faultyLink } from './faulty-link.ts';
import type { Faults } from './faults.ts';

export type { Faults } from './faults.ts';

export interface FakeOptions extends ShellOptions {
  readonly host: string;
  /** Where its shell stands, and its HOME: a directory the test made. Lock and logs are kept in it as well. */
  readonly dir: string;
  readonly faults?: Faults;
  /** The shell it runs, e.g. `/bin/busybox sh`. Default: `/bin/sh`. */
  readonly shell?: string;
}

/** A host that is a directory: the real shell and the real protocol, and faults on demand. */
export interface FakeHost {
  connect(options?: ShellOptions): Promise<Connection>;
  /** How often it was asked. */
  readonly connects: number;
}

export function fakeHost(fake: FakeOptions): FakeHost {
  const faults = fake.faults ?? {};
  let connects = 0;
  return {
    get connects() {
      return connects;
    },
    async connect(options = {}) {
      connects++;
      const { host } = fake;
      if (connects <= (faults.refuse ?? 0)) throw new PlinthError({ cause: 'unreachable', host, summary: 'connection refused', hint: 'Is the node up?' });
      if (faults.auth === true) throw new PlinthError({ cause: 'auth', host, summary: 'the host did not let us in' });
      const [file = '/bin/sh', ...args] = (fake.shell ?? '/bin/sh').split(' ');
      const link = faultyLink(spawnLink(file, args, { cwd: fake.dir }), faults);
      const booted = await boot(link, { timeout: 30_000, home: fake.dir, state: join(fake.dir, '.plinth'), ...fake, ...options, host, root: false });
      return withFaults(shellConnection(host, 'fake', booted), link, faults);
    },
  };
}

/** One connection to a fake host. */
export const fakeConnection = (fake: FakeOptions): Promise<Connection> => fakeHost(fake).connect();

/** The step at which the link is to break tells so on stderr, then waits for its end. */
const here = 'plinth-fake: the link breaks here';

function withFaults(connection: Connection, link: FaultyLink, faults: Faults): Connection {
  let sent = 0;
  const send = (steps: readonly Step[], options: SendOptions = {}): ReturnType<Connection['send']> => {
    const first = sent;
    sent += steps.length;
    if (faults.hang && faults.hang.step < sent) link.mute();
    const rigged = steps.map((step, index) => (faults.drop?.step === first + index ? riggedStep(step, faults.drop.when) : step));
    return connection.send(rigged, {
      ...options,
      onOutput(chunk) {
        if (chunk.text.includes(here)) link.destroy();
        else options.onOutput?.(chunk);
      },
    });
  };
  return {
    host: connection.host,
    transport: connection.transport,
    get trips() {
      return connection.trips;
    },
    send,
    put: (file, options) => connection.put(file, options),
    fetch: (path, options) => connection.fetch(path, options),
    close: () => connection.close(),
  };
}

const riggedStep = (step: Step, when: 'before' | 'after'): Step => {
  const wait = `echo ${quote(here)} >&2; sleep 600`;
  return { ...step, script: when === 'before' ? wait : `( eval ${quote(step.script)} )\n${wait}` };
};
