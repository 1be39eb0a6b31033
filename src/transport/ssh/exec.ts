import type { Client, ClientChannel } from 'ssh2';
import { PlinthError } from '../../contract/diagnostic.ts';
import type { Exec, LinkEnd, ShellLink } from '../shell/link.ts';

/** sshd frees a channel's slot a moment after it has closed it: "open failed" is worth another try. */
const tries = [20, 100, 300, 1000];

/** How long opening a channel may take, in ms. The callback of ssh2 may never come on a link that is half dead. */
const openTimeout = 30_000;

/** After the command's end, how long its last output may take when something it left behind keeps the channel open, in ms. */
const lastWords = 500;

export function execOver(host: string, client: Client): Exec {
  let trouble: string | undefined;
  client.on('error', (error) => (trouble ??= error.message));
  return async (command, options = {}) => {
    for (const pause of [...tries, undefined]) {
      const link = await open(host, client, command, options.pty === true, () => trouble);
      if (!(link instanceof Error)) return link;
      if (pause === undefined || !/open fail/i.test(link.message)) throw lostOpening(host, link.message);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
    throw lostOpening(host, 'no answer');
  };
}

function open(host: string, client: Client, command: string, pty: boolean, trouble: () => string | undefined): Promise<ShellLink | Error> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      client.destroy();
      resolve(new Error('no answer'));
    }, openTimeout);
    const done = (result: ShellLink | Error): void => {
      clearTimeout(timer);
      resolve(result);
    };
    try {
      // Listened to at once: the exit status of a command that ends immediately comes in the same packet.
      client.exec(command, pty ? { pty: { modes: { ECHO: 0, ONLCR: 0 } } } : {}, (error, channel) => done(error ?? linkOf(client, channel, trouble)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(`${host}: ${String(error)}`));
    }
  });
}

const lostOpening = (host: string, why: string): PlinthError => new PlinthError({ cause: 'lost', host, summary: `the link broke before a channel was open: ${why}`, hint: 'Run again. If it stays: does sshd allow sessions (MaxSessions), and the user a shell?' });

function linkOf(client: Client, channel: ClientChannel, trouble: () => string | undefined): ShellLink {
  let finish: (end: LinkEnd) => void = () => undefined;
  const ended = new Promise<LinkEnd>((resolve) => (finish = resolve));
  let end: LinkEnd | undefined;
  channel.on('exit', (code: number | null, signal?: string) => {
    end = code === null ? { signal: signal ?? 'a signal' } : { code };
    const told = end;
    setTimeout(() => finish(told), lastWords).unref();
  });
  // `close` without `exit` is how a dropped link looks: never an exit code.
  const over = (): void => {
    setImmediate(() => finish(end ?? { reason: trouble() ?? 'the connection was closed' }));
  };
  channel.once('close', over);
  client.once('close', over);
  channel.on('error', () => undefined);
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    ended,
    destroy() {
      channel.close();
      finish(end ?? { reason: trouble() ?? 'it was cut' });
    },
  };
}
