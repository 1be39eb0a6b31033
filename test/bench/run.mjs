// npm run bench [-- --rounds N] [--rtt MS] [--with ansible] [--keep]   (--keep leaves the nodes and files, and says where)
//
// Sixty tasks on three lab nodes: Plinth beside its floor (a program written by hand for this one job) and, when asked for,
// ansible-core with pipelining. One interleaved run, so that all see the same machine. It prints medians and asserts nothing.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDebianPackages, installNpmPackages, labPackages, root, run } from '../../scripts/setup.mjs';
import { writeAnsible } from './ansible.mjs';
import { median, shown, table, time } from './measure.mjs';
import { probeScript, resetScript } from './probe.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, rtt: { type: 'string', default: '40' }, with: { type: 'string', multiple: true, default: [] }, keep: { type: 'boolean', default: false } } });
const rounds = Number(values.rounds);
const node = process.execPath;
const cli = join(root, 'bin/plinth.cjs');
const work = mkdtempSync(join(tmpdir(), 'plinth-bench-'));
const env = { ...process.env, XDG_CACHE_HOME: join(work, 'cache'), NO_COLOR: '1' };
// It costs Node some 40 ms at every start, on machines that set it; told apart below.
const { NODE_EXTRA_CA_CERTS: extraCerts, ...plain } = env;

await installNpmPackages();
await installDebianPackages([...labPackages, ...(values.with.includes('ansible') ? ['ansible-core'] : [])], 'the benchmark');
await run(node, ['scripts/build.mjs'], { quiet: true });
await bundleFloor();

let relay;
try {
  await time(node, [cli, 'lab', 'up', '--name', 'bench', '--nodes', '3'], { cwd: work, env: process.env });
  const lab = JSON.parse(readFileSync(join(work, '.plinth/lab/bench/lab.json'), 'utf8'));
  const near = lab.nodes.map(({ name, address, port, hostKeys }) => ({ name, address, port, user: lab.user, identityFile: join(lab.dir, 'id_ed25519'), hostKey: hostKeys.find((key) => key.startsWith('ssh-ed25519'))?.split(' ')[1] }));
  relay = spawn(node, [join(import.meta.dirname, 'relay.mjs'), String(Number(values.rtt) / 2), ...near.map(({ address, port }) => `${address}:${port}`)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(relay.stdout), 'line');
  const far = near.map((one, i) => ({ ...one, address: '127.0.0.1', port: JSON.parse(line)[i] }));
  if (values.with.includes('ansible')) await Promise.all(near.map(({ name }) => onNode(name, 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends python3-minimal python3-apt')));
  const samples = new Map();
  for (const [network, nodes] of [['loopback', near], [`RTT ${values.rtt} ms`, far]]) await compare(network, prepare(network, nodes), samples);
  report(samples);
  await starts();
  await idle(near);
} finally {
  relay?.stdin.end();
  if (values.keep) console.log(`kept: ${work}`);
  else {
    await time(node, [cli, 'lab', 'down', '--name', 'bench'], { cwd: work }).catch((error) => console.error(error.message));
    rmSync(work, { recursive: true, force: true });
  }
}

/** Files that the contestants need to reach these nodes. */
function prepare(network, nodes) {
  const key = network.replace(/\W+/g, '-');
  const files = { nodes: join(work, `${key}.json`), probe: join(work, 'probe.sh'), inventory: join(work, `${key}.yaml`), ansible: join(work, `ansible-${key}`) };
  writeFileSync(files.nodes, JSON.stringify(nodes));
  writeFileSync(files.probe, probeScript());
  const hosts = Object.fromEntries(nodes.map(({ name, address, port, user, identityFile, hostKey }) => [name, { ssh: { address, port, user, identityFile, hostKeys: [`ssh-ed25519 ${hostKey}`] } }]));
  writeFileSync(files.inventory, JSON.stringify({ groups: { nodes: { hosts } } }));
  return { ...files, nodesList: nodes };
}

async function compare(network, files, samples) {
  const plinth = () => time(node, [cli, 'apply', join(import.meta.dirname, 'playbook/site.ts'), '-i', files.inventory, '--output', 'jsonl'], { cwd: work, env: plain });
  const floor = () => time(node, [join(work, 'floor.cjs'), files.nodes, files.probe], { env: plain });
  const [program, ...args] = writeAnsible(files.ansible, files.nodesList);
  const ansible = () => time(program, args, { cwd: files.ansible, env });
  const put = (name, ms) => samples.set(`${network}|${name}`, [...(samples.get(`${network}|${name}`) ?? []), ms]);

  for (let round = 0; round <= rounds; round++) {
    await reset(files);
    const first = await expectCounts(plinth(), (end) => end.changed > 0);
    const again = await expectCounts(plinth(), (end) => end.changed === 0 && Object.values(end.trips).every((trips) => trips === 1));
    const bare = await floor();
    // The first round fills caches.
    if (round === 0) continue;
    put('floor', bare.ms);
    put('plinth, nothing to change', again.ms);
    put('plinth, first run', first.ms);
    if (!values.with.includes('ansible') || round > 2) continue;
    // Its own notion of the same state, once unmeasured.
    await ansible();
    await rm(join(files.ansible, 'cp'));
    const { ms, out } = await ansible();
    if (/changed=[1-9]|failed=[1-9]/.test(out)) console.error(`ansible changed something, so its time is not that of a second run:\n${out.slice(out.indexOf('PLAY RECAP'))}`);
    put('ansible-core with pipelining, nothing to change', ms);
    await rm(join(files.ansible, 'cp'));
  }
}

/** Sockets of ssh masters that ansible left: each measurement connects anew. */
async function rm(folder) {
  await time('sh', ['-c', `for s in "$1"/*; do [ -S "$s" ] && ssh -o ControlPath="$s" -O exit x 2>/dev/null; done; rm -rf "$1"`, 'sh', folder]);
}

async function expectCounts(measured, fits) {
  const { ms, out } = await measured;
  const end = JSON.parse(out.trim().split('\n').at(-1));
  if (!end.ok || !fits(end)) throw new Error(`not what was to be measured: ${JSON.stringify(end)}`);
  return { ms };
}

async function reset({ nodesList }) {
  await Promise.all(nodesList.map(({ name }) => onNode(name, resetScript())));
}

function onNode(name, script) {
  return time('ssh', ['-F', join(work, '.plinth/lab/bench/ssh_config'), name, `sudo sh -c '${script.replaceAll("'", `'\\''`)}'`]);
}

function report(samples) {
  const rows = [['60 tasks, 3 nodes', 'median', 'least', 'of floor', 'n']];
  for (const [key, times] of samples) {
    const [network, name] = key.split('|');
    const floor = median(samples.get(`${network}|floor`));
    rows.push([`${network}: ${name}`, shown(median(times)), shown(Math.min(...times)), `${(median(times) / floor).toFixed(2)} x`, String(times.length)]);
  }
  console.log(`\n${table(rows)}`);
}

async function starts() {
  const cases = [['node -e 0', ['-e', '0']], ['plinth --version', [cli, '--version']], ['plinth --help', [cli, '--help']]];
  const rows = [['start', 'median', ...(extraCerts ? ['with NODE_EXTRA_CA_CERTS'] : [])]];
  const times = cases.map(() => ({ plain: [], certs: [] }));
  for (let i = 0; i < 15; i++) {
    for (const [k, [, args]] of cases.entries()) {
      times[k].plain.push((await time(node, args, { env: plain })).ms);
      if (extraCerts) times[k].certs.push((await time(node, args, { env })).ms);
    }
  }
  for (const [k, [name]] of cases.entries()) rows.push([name, shown(median(times[k].plain)), ...(extraCerts ? [shown(median(times[k].certs))] : [])]);
  console.log(`\n${table(rows)}`);
}

/** 200 connections that wait: what they cost the controller. */
async function idle(nodes) {
  const file = join(work, 'nodes-idle.json');
  writeFileSync(file, JSON.stringify(nodes));
  const { build } = await import('esbuild');
  await build({ entryPoints: [join(import.meta.dirname, 'idle.ts')], bundle: true, platform: 'node', format: 'cjs', outfile: join(work, 'idle.cjs'), external: ['*.node', 'cpu-features'], logLevel: 'error' });
  const { out } = await time(node, ['--expose-gc', join(work, 'idle.cjs'), file, '200'], { env: plain });
  console.log(`\n${out.trim()}`);
}

async function bundleFloor() {
  const { build } = await import('esbuild');
  await build({ entryPoints: [join(import.meta.dirname, 'floor.mjs')], bundle: true, platform: 'node', format: 'cjs', outfile: join(work, 'floor.cjs'), external: ['*.node', 'cpu-features'], logLevel: 'error' });
}
