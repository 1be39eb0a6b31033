import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlinthError } from '../../../src/contract/index.ts';
import { readApt } from '../../../src/lab/apt/read-apt.ts';
import { type Machine, machinesOf, readBoxes, readTopology, topologyNames } from '../topology.ts';
import { aptForNodes, relayApt } from './apt.ts';
import { backends } from './backends.ts';
import { clear, clearStale, worldName } from './clear.ts';
import { diagnose } from './diagnose.ts';
import type { Inside } from './inside.ts';
import { layerFile } from './layer.ts';
import { type LaneOptions, readOptions } from './options.ts';
import { scenario } from './scenario.ts';
import { makeSteps, type Steps } from './steps.ts';
import { sshConfigOf, vagrant } from './vagrant.ts';
import { openWorld, type World } from './world.ts';

/** `npm run test:vagrant`: from nothing to machines, through all that is tried, and back to nothing. Answers the exit code. */
export async function main(root: string, argv: readonly string[]): Promise<number> {
  const steps = makeSteps();
  try {
    const options = readOptions(argv, topologyNames(join(root, 'test/vagrant')), process.env);
    await clearStale();
    const state = join(tmpdir(), worldName(process.pid));
    await mkdir(join(state, 'logs'), { recursive: true, mode: 0o755 });
    await run(root, state, options, steps);
    console.log(`passed in ${Math.round(steps.seconds())} s`);
    return 0;
  } catch (error) {
    console.error(error instanceof PlinthError ? error.message : error);
    return 1;
  }
}

async function run(root: string, state: string, options: LaneOptions, steps: Steps): Promise<void> {
  const folder = join(root, 'test/vagrant');
  const spec = readTopology(folder, options.topology);
  const machines = machinesOf(spec);
  const boxes = readBoxes(folder);
  const backend = backends[options.provider];
  const apt = await readApt();
  // Names and addresses of the mirrors are the same for every release.
  const mirrors = aptForNodes(apt, apt.own);

  const world = await steps.step('a world of its own', () => openWorld({ dir: state, id: worldName(process.pid), prepare: backend.prepare(state), guarded: !backend.kernels }));
  const interrupted = (): void => void clear(world, state).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  const here: Inside = { world, logs: join(state, 'logs'), env: { ...envOf(root, state, options, mirrors.hosts), ...backend.env(state) } };
  let sshConfig: string | undefined;
  try {
    await relayApt(world, state, mirrors);
    await backend.start({ ...options, here, world, state, folder, machines, boxes, apt, steps });
    await steps.step(`vagrant up: ${machines.map(({ name }) => name).join(', ')}`, () => vagrant(here, 'bring the machines up', ['up', '--provider', options.provider]));
    sshConfig = await sshConfigOf(here, state);
    const plinth = { here, root, cwd: join(state, 'work'), inventories: [`vagrant:${root}`, join(folder, 'inventories', `${options.topology}.yaml`), layerFile(state)] };
    await scenario({ ...options, root, folder, state, machines, spec, here, sshConfig, steps, plinth, kernels: backend.kernels });
    if (options.keep) await untilInterrupted(steps, world, sshConfig, machines);
    await steps.step('vagrant destroy', () => vagrant(here, 'destroy the machines', ['destroy', '--force']));
  } catch (error) {
    const kept = join(root, 'test-results', 'vagrant', `${options.provider}-${options.topology}`);
    await diagnose({ here, sshConfig, machines, to: kept, state }).catch((problem: unknown) => console.error(problem));
    console.error(`logs, journals and consoles are kept in ${kept}`);
    throw error;
  } finally {
    await steps.step('nothing of it is left', () => clear(world, state));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupted);
  }
}

function untilInterrupted(steps: Steps, { enter }: World, sshConfig: string, [first]: readonly Machine[]): Promise<never> {
  steps.note(`kept until Ctrl-C: ${[...enter, 'ssh', '-F', sshConfig, first?.name].join(' ')}`);
  // A timer, since a promise alone keeps no process up.
  return new Promise(() => setInterval(() => {}, 60_000));
}

/** Everything that Vagrant, SSH and Plinth would keep in a home is kept in the state of this run. */
function envOf(root: string, state: string, { topology, memory }: LaneOptions, hosts: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return {
    ...{ HOME: join(state, 'home'), XDG_CACHE_HOME: join(state, 'home', '.cache'), VAGRANT_HOME: join(state, 'vagrant'), VAGRANT_DOTFILE_PATH: join(state, 'machines') },
    ...{ VAGRANT_CWD: root, VAGRANT_CHECKPOINT_DISABLE: '1', VAGRANT_NO_COLOR: '1', NO_COLOR: '1' },
    ...{ PLINTH_TOPOLOGY: topology, PLINTH_VAGRANT_BOXES: 'local', PLINTH_VAGRANT_MEMORY: String(memory), PLINTH_VAGRANT_LOGS: join(state, 'logs') },
    PLINTH_VAGRANT_HOSTS: [...hosts].map(([name, address]) => `${name}=${address}`).join(' '),
  };
}
