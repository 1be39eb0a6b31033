// npm run demo [-- --keep]: three Linux nodes from bare to prepared, and what a second run does; with a bundle of Kubernetes
// (PLINTH_BUNDLE) on to a cluster. Plain JavaScript: it runs on a bare checkout.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from './demo/checks.mjs';
import { clusterLayer } from './demo/cluster.mjs';
import { programs } from './demo/programs.mjs';
import { installDebianPackages, installNpmPackages, labPackages, root, run } from './setup.mjs';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log('npm run demo [-- --keep]\n  --keep  leaves the nodes up and says how to look inside\n\nPLINTH_BUNDLE=DIR  a bundle of Kubernetes (docs/bundle.md): the demo goes on to a cluster of three control planes');
  process.exit(0);
}

const nodes = ['node1', 'node2', 'node3'];
const lab = 'demo';
const folder = `.plinth/lab/${lab}`;
const addresses = '.plinth/demo-addresses.yaml';
const layers = ['-i', 'inventory/lab.yaml', '-i', `${folder}/inventory.yaml`, '-i', addresses];
const fleet = ['playbooks/prepare.ts', ...layers];
const clusterFile = '.plinth/demo-cluster.yaml';
const cluster = ['playbooks/bootstrap.ts', ...layers, '-i', clusterFile];
const bundle = process.env.PLINTH_BUNDLE;
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
    await show('node', plinth('lab', 'up', '--name', lab, '--nodes', '3', '--control-planes', '3'));
    writeAddresses();
  });
  await timed('plan: what would change', () => show('node', plinth('plan', ...fleet), 2));
  await timed('apply', () => show('node', plinth('apply', ...fleet)));
  await timed('apply again', () => applyAgain(fleet));
  await timed('look by plain ssh', look);
  if (bundle) await bootstrap();
  console.log(`\n${timings.map(({ what, seconds }) => `${what.padEnd(26)}${seconds.toFixed(1).padStart(6)} s`).join('\n')}`);
  console.log('\nThree bare nodes are prepared as playbooks/prepare.ts says, and a second run changed nothing.');
  console.log(bundle ? 'They are a cluster of three control planes now, and a second run changed nothing there either.' : 'Kubernetes itself was left out: there is no bundle of it here. PLINTH_BUNDLE=DIR npm run demo goes on to a cluster (docs/bundle.md).');
} catch (error) {
  if (!interrupted) console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = interrupted ? 130 : 1;
} finally {
  if (values.keep && labIsOurs && !interrupted) sayHowToLook();
  else if (labIsOurs) await capture('node', plinth('lab', 'down', '--name', lab)).catch((error) => console.error(error.message));
}

async function applyAgain(what) {
  const lines = (await capture('node', plinth('apply', ...what, '--output', 'jsonl'))).trim().split('\n');
  const { changed, unchanged, failed, trips } = JSON.parse(lines.at(-1));
  console.log(`${changed} changed, ${unchanged} as wanted; round trips: ${Object.entries(trips).map(([host, count]) => `${host} ${count}`).join(', ')}`);
  if (changed !== 0 || failed !== 0) throw new Error(`the second apply should have changed nothing:\n${lines.filter((line) => line.includes('"changed"')).join('\n')}`);
}

/** On to a cluster, with what the bundle holds; what it does not is said. */
async function bootstrap() {
  const { nodes: up } = JSON.parse(readFileSync(join(root, folder, 'lab.json'), 'utf8'));
  const shown = JSON.parse(await capture('node', plinth('bundle', 'show', bundle, '--output', 'json')));
  const { layer, missing } = clusterLayer(up, bundle, shown);
  writeFileSync(join(root, clusterFile), `${JSON.stringify(layer, null, 2)}\n`);
  for (const what of missing) console.log(`\nThe bundle does not hold ${what}.`);
  await timed('plan: the cluster', () => show('node', plinth('plan', ...cluster), 2));
  await timed('apply: the cluster', () => show('node', plinth('apply', ...cluster)));
  await timed('apply again: the cluster', () => applyAgain(cluster));
  await timed('kubectl get nodes', () => show('ssh', ['-F', `${folder}/ssh_config`, nodes[0], 'sudo', 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', 'get', 'nodes', '-o', 'wide']));
  if (missing.length === 0) await timed('verify', () => show('node', plinth('verify', ...layers, '-i', clusterFile)));
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
