import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { liveParameters, ownParameters } from '../../src/lab/node/own-parameters.ts';
import { readOptions } from './lane/options.ts';
import { makeSteps } from './lane/steps.ts';
import { type Machine, machinesOf, readBoxes, readTopology, sizeDefaults, topologyNames, topologySchema } from './topology.ts';

const folder = import.meta.dirname;
const root = join(folder, '../..');
const names = topologyNames(folder);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('topologies', () => {
  it('are these', () => expect(names).toEqual(['cp1-w2', 'ha', 'mixed', 'single']));

  it.each<[string, string[]]>([
    ['ha', ['node1 controlPlane debian13 2 2048 2 4', 'node2 controlPlane debian13 2 2048 2 4', 'node3 controlPlane debian13 2 2048 2 4']],
    ['cp1-w2', ['node1 controlPlane debian13 2 2048 2 0', 'node2 worker debian13 2 1536 2 8', 'node3 worker debian13 2 1536 2 8']],
    ['single', ['node1 controlPlane debian13 2 2048 2 2']],
    ['mixed', ['node1 controlPlane debian13 2 2048 2 0', 'node2 worker debian12 2 1024 2 2', 'node3 worker debian13 1 1024 1 0']],
  ])('%s has the machines it should', (name, machines) => {
    expect(machinesOf(readTopology(folder, name)).map(show)).toEqual(machines);
  });

  it.each<[string, object, RegExp]>([
    ['two machines with one address', { nodes: { a: { address: '192.168.56.11', role: 'controlPlane' }, b: { address: '192.168.56.11', role: 'worker' } } }, /same address/],
    ['a machine at the vip', { vip: '192.168.56.11', nodes: { a: { address: '192.168.56.11', role: 'controlPlane' } } }, /vip/],
    ['no control plane', { nodes: { a: { address: '192.168.56.11', role: 'worker' } } }, /none of them is a controlPlane/],
    ['a network that VirtualBox refuses', { nodes: { a: { address: '10.0.0.1', role: 'controlPlane' } } }, /192\.168\.56\./],
    ['a word that is none', { nodes: { a: { address: '192.168.56.11', role: 'controlPlane', ram: 1 } } }, /ram/],
    ['a name that no host may have', { nodes: { Node_1: { address: '192.168.56.11', role: 'controlPlane' } } }, /Node_1/],
    ['too little memory', { roles: { worker: { memory: 64 } }, nodes: { a: { address: '192.168.56.11', role: 'controlPlane' } } }, /512/],
  ])('refuse %s', (_, topology, why) => {
    expect(topologySchema.safeParse(topology).error?.message).toMatch(why);
  });
});

describe.each(names)('topology %s', (name) => {
  const topology = readTopology(folder, name);

  it('has boxes that there are', () => {
    const boxes = readBoxes(folder);
    for (const { box } of machinesOf(topology)) expect(Object.keys(boxes)).toContain(box);
  });

  it('has an inventory with every machine in the group of its role, at its address', () => {
    const inventory = parse(text(`test/vagrant/inventories/${name}.yaml`)) as { vars: { cluster: { name: string; endpoint: { host: string } } }; groups: Record<string, { hosts: Record<string, { vars: { nodeIp: string } }> }> };
    const groupOf = { controlPlane: 'controlPlane', worker: 'workers' };
    const found = Object.entries(inventory.groups).flatMap(([group, { hosts }]) => Object.entries(hosts).map(([host, { vars }]) => `${group} ${host} ${vars.nodeIp}`));
    expect(found.toSorted()).toEqual(machinesOf(topology).map((machine) => `${groupOf[machine.role]} ${machine.name} ${machine.address}`).toSorted());
    expect(inventory.vars.cluster).toMatchObject({ name, endpoint: { host: topology.vip ?? machinesOf(topology)[0]?.address } });
  });
});

describe('what is written twice', () => {
  it('defaults of sizes: here and in the Vagrantfile', () => {
    const [, line = ''] = /^defaults = (\{.*\})$/m.exec(text('Vagrantfile')) ?? [];
    expect(JSON.parse(line.replaceAll(' =>', ':'))).toEqual(sizeDefaults);
  });

  it('parameters that are a container\'s own: in the lab and in init.sh', () => {
    const [, list = ''] = /for name in ((?:.|\\\n)*?); do\n {2}\[ ! -e "\$own\/real/.exec(text('test/vagrant/nodes/init.sh')) ?? [];
    expect(list.replaceAll('\\\n', ' ').split(/\s+/).toSorted()).toEqual([...ownParameters, ...liveParameters].toSorted());
  });
});

describe('options', () => {
  it.each<[string, string[], RegExp]>([
    ['a provider that is none', ['--provider', 'hyperv'], /--provider is docker or libvirt, not hyperv/],
    ['a topology that is none', ['--topology', 'huge'], /--topology is one of cp1-w2, ha, mixed, single, not huge/],
    ['a word that is none', ['--fast'], /--fast/],
    ['too little memory', ['--memory', '64'], /--memory is in MiB, at least 512/],
  ])('refuse %s', (_, argv, why) => expect(() => readOptions(argv, names, {})).toThrow(why));

  it('give every machine what its topology says where Kubernetes is to run', () => {
    expect(readOptions([], names, {})).toEqual({ provider: 'libvirt', topology: 'ha', keep: false, memory: 1024, bundle: undefined });
    expect(readOptions(['--provider', 'docker', '--topology', 'single'], names, { PLINTH_BUNDLE: '/somewhere' })).toMatchObject({ provider: 'docker', topology: 'single', memory: 65_536, bundle: '/somewhere' });
  });
});

describe('steps', () => {
  it('tell their name, their time and what became of them', async () => {
    const [said, clock] = [[] as string[], { now: 0 }];
    const steps = makeSteps((line) => said.push(line), () => clock.now);
    await steps.step('one', async () => void (clock.now += 1500));
    steps.note('by the way');
    await expect(steps.step('two', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(said.map((line) => line.replace(/ +/g, ' '))).toEqual(['ok one 1.5 s', ' by the way', 'FAILED two 0.0 s']);
  });
});

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe.runIf(has('ruby'))('ruby', () => {
  it('reads the Vagrantfile', () => expect(execFileSync('ruby', ['-c', join(root, 'Vagrantfile')], { encoding: 'utf8' })).toContain('Syntax OK'));
});

describe.runIf(has('vagrant'))('vagrant', () => {
  const state = mkdtempSync(join(tmpdir(), 'plinth-vagrant-test-'));
  afterAll(() => rmSync(state, { recursive: true, force: true }));
  const validate = (name: string, more: Record<string, string>) =>
    spawnSync('vagrant', ['validate', '--ignore-provider'], { cwd: root, encoding: 'utf8', env: { ...process.env, HOME: state, VAGRANT_HOME: join(state, 'home'), VAGRANT_DOTFILE_PATH: join(state, 'machines'), VAGRANT_CHECKPOINT_DISABLE: '1', PLINTH_TOPOLOGY: name, ...more } });

  // Vagrant takes seconds to start: the two kinds of boxes are tried with one topology each.
  it.each<[string, Record<string, string>]>([
    ['ha', {}],
    ['mixed', { PLINTH_VAGRANT_BOXES: 'local', PLINTH_VAGRANT_LOGS: state, PLINTH_VAGRANT_EMULATE: '1' }],
  ])('accepts the Vagrantfile with topology %s', (name, more) => expect(validate(name, more).stdout).toContain('validated successfully'));

  it('is told which topologies there are', () => expect(validate('huge', {}).stderr).toContain('There is no topology huge. PLINTH_TOPOLOGY is one of: cp1-w2, ha, mixed, single'));
});

const show = ({ name, role, box, cpus, memory, queues, disk }: Machine): string => [name, role, box, cpus, memory, queues, disk].join(' ');
