// npm run demo [-- --keep]: three Linux nodes from bare to prepared, and what a second run does. Plain JavaScript: it runs
// on a bare checkout.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from './demo/checks.mjs';
import { programs } from './demo/programs.mjs';
import { installDebianPackages, installNpmPackages, labPackages, root, run } from './setup.mjs';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log('npm run demo [-- --keep]\n  --keep  leaves the nodes up and says how to look inside');
  process.exit(0);
}

const nodes = ['node1', 'node2', 'node3'];
const lab = 'demo';
const folder = `.plinth/lab/${lab}`;
const addresses = '.plinth/demo-addresses.yaml';
const fleet = ['playbooks/prepare.ts', '-i', 'inventory/lab.yaml', '-i', `${folder}/inventory.yaml`, '-i', addresses];
const { show, capture, end } = programs();
const plinth = (...args) => ['bin/plinth.cjs', ...args];
const timings = [];
let interrupted = false;
let labIsOurs = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    // Ctrl-C on a terminal reaches the running program by itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) end(signal);
  });
}

try {
  await timed('set up', async () => {
    await installNpmPackages();
    await installDebianPackages(labPackages, 'the lab');
    await run('node', ['scripts/build.mjs'], { quiet: true });
  });
  labIsOurs = true;
  await timed('three nodes up', async () => {
    await show('node', plinth('lab', 'up', '--name', lab, '--nodes', '3'));
    writeAddresses();
  });
  await timed('plan: what would change', () => show('node', plinth('plan', ...fleet), 2));
  await timed('apply', () => show('node', plinth('apply', ...fleet)));
  await timed('apply again', applyAgain);
  await timed('look by plain ssh', look);
  console.log(`\n${timings.map(({ what, seconds }) => `${what.padEnd(26)}${seconds.toFixed(1).padStart(6)} s`).join('\n')}`);
  console.log('\nThree bare nodes are prepared as playbooks/prepare.ts says, and a second run changed nothing.');
} catch (error) {
  if (!interrupted) console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = interrupted ? 130 : 1;
} finally {
  if (values.keep && labIsOurs && !interrupted) sayHowToLook();
  else if (labIsOurs) await capture('node', plinth('lab', 'down', '--name', lab)).catch((error) => console.error(error.message));
}

async function applyAgain() {
  const lines = (await capture('node', plinth('apply', ...fleet, '--output', 'jsonl'))).trim().split('\n');
  const { changed, unchanged, failed, trips } = JSON.parse(lines.at(-1));
  console.log(`${changed} changed, ${unchanged} as wanted; round trips: ${Object.entries(trips).map(([host, count]) => `${host} ${count}`).join(', ')}`);
  if (changed !== 0 || failed !== 0) throw new Error(`the second apply should have changed nothing:\n${lines.filter((line) => line.includes('"changed"')).join('\n')}`);
}

/** The nodes' addresses among themselves, as a third inventory layer: prepare.ts makes /etc/hosts of them. */
function writeAddresses() {
  const { nodes: up } = JSON.parse(readFileSync(join(root, folder, 'lab.json'), 'utf8'));
  const hosts = Object.fromEntries(up.map(({ name, ip }) => [name, { vars: { nodeIp: ip } }]));
  writeFileSync(join(root, addresses), `${JSON.stringify({ hosts }, null, 2)}\n`);
}

/** What was promised is there, and other tools than ours say so. */
async function look() {
  const wrong = [];
  for (const { what, script, expected } of checks) {
    const answers = await Promise.all(nodes.map((node) => capture('ssh', ['-F', `${folder}/ssh_config`, node, 'sudo', 'sh', '-c', `'${script.replaceAll("'", `'\\''`)}'`]).catch((error) => error.message)));
    const failing = nodes.filter((_, i) => !expected.test(answers[i]));
    console.log(`${failing.length === 0 ? 'ok    ' : 'FAILED'} ${what}`);
    wrong.push(...failing.map((node) => `${what}, on ${node}: ${answers[nodes.indexOf(node)].trim()}`));
  }
  if (wrong.length > 0) throw new Error(`the nodes are not as promised:\n${wrong.join('\n')}`);
}

function sayHowToLook() {
  console.log(`
The nodes are still up. Look inside:
  node bin/plinth.cjs lab ssh node1 --name ${lab}
  ssh -F ${folder}/ssh_config node2
  node bin/plinth.cjs plan ${fleet.join(' ')}
and take them down:
  node bin/plinth.cjs lab down --name ${lab}`);
}

async function timed(what, work) {
  if (interrupted) throw new Error('interrupted');
  console.log(`\n== ${what}`);
  const started = performance.now();
  await work();
  timings.push({ what, seconds: (performance.now() - started) / 1000 });
}
