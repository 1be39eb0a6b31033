// The floor: what a program written for this one job would do. ssh2 by hand, one connection per host, one script of joined
// probes. Run: node floor.mjs NODES.json PROBE.sh
// It prints what the nodes said; the whole process is timed from outside.
import { readFileSync } from 'node:fs';
import { Client } from 'ssh2';

const [nodesFile, probeFile] = process.argv.slice(2);
const nodes = JSON.parse(readFileSync(nodesFile, 'utf8'));
const probe = readFileSync(probeFile, 'utf8');

Promise.all(nodes.map(ask)).then(
  (answers) => {
    if (answers.some((answer) => !answer.endsWith('the end\n'))) throw new Error(`an answer was cut short:\n${answers.join('\n')}`);
    process.stdout.write(answers.join(''));
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);

function ask({ address, port, user, identityFile, hostKey }) {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on('error', reject);
    client.on('ready', () => {
      client.exec('sudo -n sh', (error, channel) => {
        if (error) return reject(error);
        let out = '';
        channel.setEncoding('utf8').on('data', (text) => (out += text));
        channel.stderr.resume();
        channel.on('close', () => {
          client.end();
          resolve(out);
        });
        channel.end(probe);
      });
    });
    const key = readFileSync(identityFile);
    client.connect({
      host: address,
      port,
      hostVerifier: (found) => !hostKey || found.equals(Buffer.from(hostKey, 'base64')),
      authHandler: [{ type: 'publickey', username: user, key }],
      username: user,
      algorithms: { kex: ['curve25519-sha256', 'ecdh-sha2-nistp256'], compress: ['none'] },
    });
    client.setNoDelay(true);
  });
}
