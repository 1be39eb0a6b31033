import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Target } from '../target/target.ts';
import { Unreachable } from '../unreachable.ts';

export interface Proxied {
  readonly stream: Duplex;
  /** The last it said on stderr, once it has ended; '' when it goes on. */
  said(): Promise<string>;
  end(): void;
}

/** How long its last words may take, in ms. */
const lastWords = 500;

/** ProxyCommand: a local program whose stdin and stdout are the connection. It is ours, and ends with it. */
export function proxyCommand(target: Target, command: string): Promise<Proxied> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'pipe' });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-2000)));
    child.once('error', (error) => reject(new Unreachable(target, `the ProxyCommand cannot be started: ${error.message}`, false)));
    child.stdin.on('error', () => undefined);
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    stream.on('error', () => undefined);
    child.once('exit', () => stream.destroy());
    const closed = new Promise<true>((settle) => child.once('close', () => settle(true)));
    child.once('spawn', () =>
      resolve({
        stream,
        said: async () => ((await Promise.race([closed, new Promise<false>((resolve) => setTimeout(resolve, lastWords, false))])) ? said.trim() : ''),
        end() {
          stream.destroy();
          child.kill('SIGTERM');
        },
      }),
    );
  });
}
