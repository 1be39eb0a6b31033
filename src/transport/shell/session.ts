import type { LinkEnd, ShellLink } from './link.ts';
import { aborted, lost } from './lost.ts';
import { type FrameEvents, type FrameResult, frameReader } from './reader.ts';
import { splitter, type Token } from './splitter.ts';

/** How long a frame that was told to stop may take to end before the link is cut, in ms: TERM, 2 s, KILL, and the way back. */
const stopGrace = 5000;

/** How often the node hears from us, in ms. A holder silent for 90 s loses its lock. */
const heartbeat = 20_000;

export interface Exchange {
  /** Shell text that answers with the marks of a frame. */
  readonly text: string;
  /** It starts a watcher, which takes words while the frame runs. */
  readonly watched: boolean;
  /** Keep stdout whole: a file is fetched. */
  readonly keepWhole?: boolean;
  /** Bytes the frame itself reads from stdin, sent once it has started. */
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
  readonly events?: Pick<FrameEvents, 'begun' | 'ended' | 'output'>;
}

/** One framed conversation over one link: exchanges are queued, and the node answers them one by one. */
export interface Session {
  /** Rejects with `lost`, or `aborted` by its signal; never settles with half an answer. */
  exchange(exchange: Exchange): Promise<FrameResult>;
  /** Ends what runs now, tree and all, except critical steps; the exchange then settles as what came of it. */
  stop(): void;
  /** Has the node itself stop what runs in `seconds`, should we be gone by then; 0 takes that back. */
  arm(seconds: number): void;
  readonly ended: Promise<LinkEnd>;
  /** Lets the remote shell end by itself, then cuts the link. */
  close(): Promise<void>;
  destroy(): void;
}

export function openSession(host: string, link: ShellLink, nonce: string): Session {
  let reader: ReturnType<typeof frameReader> | undefined;
  let over: LinkEnd | undefined;
  let onOver: ((end: LinkEnd) => void) | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let watching = false;
  let sending = false;
  let early = '';
  let stopping: NodeJS.Timeout | undefined;
  let stopReason: string | undefined;

  // The last words of the node, noise included, for the error of a link that broke.
  let words = '';
  const heard = (token: Token): void => {
    if (token.kind === 'raw') words = (words + token.bytes.subarray(-2048).toString('utf8')).slice(-2048);
  };
  const out = splitter(nonce, (token) => {
    heard(token);
    reader?.stdout(token);
  });
  const err = splitter(nonce, (token) => {
    heard(token);
    reader?.stderr(token);
  });
  link.stdout.on('data', out);
  link.stderr.on('data', err);
  // A write to a link that is gone is told by `ended`, not here; without a listener it would end the process.
  link.stdin.on('error', () => undefined);
  void link.ended.then((end) => {
    over = stopReason === undefined ? end : { ...end, reason: stopReason };
    clearInterval(beating);
    clearTimeout(stopping);
    onOver?.(over);
  });

  const word = (text: string): void => {
    if (watching) link.stdin.write(text);
    else early += text;
  };
  const beating = setInterval(() => {
    if (!over && !sending) link.stdin.write('h\n');
  }, heartbeat);
  beating.unref();

  const destroy = (reason: string): void => {
    stopReason ??= reason;
    link.destroy();
  };

  const run = (exchange: Exchange): Promise<FrameResult> =>
    new Promise((resolve, reject) => {
      const { signal } = exchange;
      const finish = (settle: () => void): void => {
        reader = undefined;
        onOver = undefined;
        watching = sending = false;
        early = '';
        clearTimeout(stopping);
        stopping = undefined;
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      const onAbort = (): void => (exchange.watched ? stop() : destroy('it was told to stop'));
      if (signal?.aborted) return reject(aborted(host));
      if (over) return reject(lost(host, over, 'before anything was sent'));
      signal?.addEventListener('abort', onAbort, { once: true });
      onOver = (end) => finish(() => reject(signal?.aborted ? aborted(host) : lost(host, end, 'while the node was at work', words.trim().split('\n').slice(-10).join('\n'))));
      words = '';
      sending = true;
      reader = frameReader(
        {
          ...exchange.events,
          started() {
            if (exchange.body) void pour(link, exchange.body);
            if (!exchange.watched) return;
            watching = true;
            sending = false;
            if (early) link.stdin.write(early);
            early = '';
          },
          done: (result) => finish(() => (signal?.aborted ? reject(aborted(host)) : resolve(result))),
          overflow: () => destroy('more output came than can be kept'),
        },
        exchange.keepWhole === true,
      );
      link.stdin.write(exchange.text);
    });

  const stop = (): void => {
    if (!reader || stopping) return;
    word('k\n');
    stopping = setTimeout(() => destroy('what ran there did not stop when told to'), stopGrace);
  };

  return {
    exchange(exchange) {
      const answer = queue.then(() => run(exchange));
      queue = answer.catch(() => undefined);
      return answer;
    },
    stop,
    arm: (seconds) => word(`t ${seconds}\n`),
    ended: link.ended,
    async close() {
      clearInterval(beating);
      if (!over) link.stdin.end();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([link.ended, new Promise((resolve) => (timer = setTimeout(resolve, 3000)))]);
      clearTimeout(timer);
      link.destroy();
    },
    destroy: () => destroy('it was cut'),
  };
}

/** Writes as fast as the link takes it. */
async function pour(link: ShellLink, bytes: Uint8Array): Promise<void> {
  const piece = 64 * 1024;
  let open = true;
  void link.ended.then(() => (open = false));
  for (let at = 0; open && at < bytes.length; at += piece) {
    if (link.stdin.write(bytes.subarray(at, at + piece))) continue;
    await Promise.race([new Promise((resolve) => link.stdin.once('drain', resolve)), link.ended]);
  }
}

