import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { execOver } from '../../src/transport/ssh/exec.ts';

it('a command that ends at once has an exit status, though it comes with the answer that it was started', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  let hold = (): void => undefined;
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => context.accept());
    client.on('session', (accept) => {
      accept().on('exec', (start) => {
        // All of it in one packet, as when we were busy elsewhere for a moment.
        hold();
        const stream = start();
        stream.stderr.write('no\n');
        stream.exit(7);
        stream.end();
      });
    });
  });
  const listener = createServer((socket) => {
    hold = () => {
      socket.cork();
      setTimeout(() => socket.uncork(), 50);
    };
    server.injectSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const client = new ssh2.Client();
  client.connect({ host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0, username: 'anyone', password: 'any', hostVerifier: () => true });
  await once(client, 'ready');
  try {
    const link = await execOver('node', client)('false');
    link.stdout.resume();
    link.stderr.resume();
    expect(await link.ended).toEqual({ code: 7 });
  } finally {
    client.end();
    listener.close();
  }
});
