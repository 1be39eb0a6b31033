// A TCP relay that makes a network look farther away: every byte arrives a constant time later, each way, in order.
// Run: node relay.mjs DELAY_MS HOST:PORT... It prints one JSON line of its own ports, in the order given, and ends with its stdin.
//
// The kernel's handshake with the relay is instant, while a far host's takes one round trip: so what the client sends
// first is held back that much longer. Nagle and delayed ACKs do not cross the relay, so real networks are a bit slower.
import { createConnection, createServer } from 'node:net';
import { pathToFileURL } from 'node:url';

/** Listens on a free loopback port for one target; `oneWay` in ms. */
export function startRelay(oneWay, host, port) {
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = createConnection({ host, port, noDelay: true, allowHalfOpen: true });
    const opened = performance.now() + 2 * oneWay;
    later(near, far, oneWay, opened);
    later(far, near, oneWay, 0);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Passes chunks on after the delay, never before `earliest` plus the delay. */
function later(from, to, delay, earliest) {
  const queue = [];
  let timer;
  const flush = () => {
    timer = undefined;
    const now = performance.now();
    while (queue.length > 0 && queue[0].due <= now + 0.2) {
      const { chunk } = queue.shift();
      if (to.destroyed) continue;
      if (chunk) to.write(chunk);
      else to.end();
    }
    if (queue.length > 0) timer = setTimeout(flush, Math.max(0, queue[0].due - now));
  };
  const add = (chunk) => {
    queue.push({ chunk, due: Math.max(performance.now(), earliest) + delay });
    timer ??= setTimeout(flush, queue[0].due - performance.now());
  };
  from.on('data', add);
  from.on('end', () => add(undefined));
  from.on('error', () => to.destroy());
  from.on('close', (failed) => failed && to.destroy());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [delay, ...targets] = process.argv.slice(2);
  const ports = [];
  for (const target of targets) {
    const [host, port] = target.split(':');
    ports.push((await startRelay(Number(delay), host, Number(port))).address().port);
  }
  console.log(JSON.stringify(ports));
  process.stdin.resume().on('end', () => process.exit(0));
}
