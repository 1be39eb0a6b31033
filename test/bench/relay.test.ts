import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

let relay: ChildProcess | undefined;
let echo: Server | undefined;
afterEach(async () => {
  relay?.kill();
  await new Promise((done) => (echo ? echo.close(done) : done(undefined)));
});

it('passes every byte on in order, each way, and no sooner than it may', async () => {
  echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const { port: target } = echo.address() as AddressInfo;
  relay = spawn(process.execPath, [fileURLToPath(new URL('./relay.mjs', import.meta.url)), '10', `127.0.0.1:${target}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!relay.stdout) throw new Error('no stdout');
  const [line] = (await once(createInterface(relay.stdout), 'line')) as [string];
  const [port] = JSON.parse(line) as number[];
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
  const started = performance.now();
  const socket = createConnection({ host: '127.0.0.1', port: port ?? 0 });
  socket.end(sent);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  expect(Buffer.concat(chunks).equals(sent)).toBe(true);
  // Handshake 20 ms, there 10 ms, back 10 ms; timers may fire a little early.
  expect(performance.now() - started).toBeGreaterThan(38);
});
