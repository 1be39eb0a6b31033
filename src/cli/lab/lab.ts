import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { PlinthError } from '../../contract/diagnostic.ts';
import { duration } from '../../report/text/duration.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { closest } from '../print/closest.ts';
import { table } from '../print/table.ts';
import { numberOf } from '../run/number.ts';

type LabInput = Input<never, 'name' | 'nodes' | 'control-planes' | 'suite'>;
type Action = (input: LabInput, context: Context) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  async up(input, context) {
    const { up } = await import('../../lab/index.ts');
    const [nodes, controlPlanes, suite] = [numberOf(input.text('nodes'), '--nodes'), numberOf(input.text('control-planes'), '--control-planes'), input.text('suite')];
    const started = performance.now();
    const lab = await up({ ...which(input), ...(nodes === undefined ? {} : { nodes }), ...(controlPlanes === undefined ? {} : { controlPlanes }), ...(suite === undefined ? {} : { suite }), note: (message) => context.err(`${message}\n`) });
    const inventory = relative(context.cwd, `${lab.dir}/inventory.yaml`);
    context.out(`${lab.nodes.map(({ name, address, port }) => `${context.style.green('✓')} ${context.style.bold(name)}  ${address}:${port}\n`).join('')}up in ${duration(performance.now() - started)}\n${context.style.bold('next:')} plinth ping -i ${inventory}\n`);
    return 0;
  },
  async down(input, context) {
    const { down } = await import('../../lab/index.ts');
    context.out((await down(which(input))) ? 'the lab is gone\n' : 'there was no lab\n');
    return 0;
  },
  async status(input, context) {
    const { status } = await import('../../lab/index.ts');
    const { nodes } = await status(which(input));
    context.out(table(nodes.map(({ name, role, state, address, port, ip }) => [name, role, state, `${address}:${port}`, ip])));
    return nodes.every(({ state }) => state === 'running') ? 0 : 1;
  },
  async ssh(input) {
    const { sshCommand } = await import('../../lab/index.ts');
    const [command = 'ssh', ...args] = await sshCommand(wanted(input, 'a node, e.g. plinth lab ssh node1'), which(input));
    return new Promise((resolve, reject) => {
      const child = spawn(command, [...args, ...(input.after ?? [])], { stdio: 'inherit' });
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 255));
    });
  },
  async snapshot(input, context) {
    const { snapshot } = await import('../../lab/index.ts');
    const name = wanted(input, 'a name, e.g. plinth lab snapshot clean');
    await snapshot(name, which(input));
    context.out(`kept as ${name}; \`plinth lab restore ${name}\` brings it back\n`);
    return 0;
  },
  async restore(input, context) {
    const { restore } = await import('../../lab/index.ts');
    const name = wanted(input, 'the name of a snapshot');
    await restore(name, which(input));
    context.out(`the nodes are as they were in ${name}\n`);
    return 0;
  },
};

export async function lab(input: LabInput, context: Context): Promise<number> {
  const [name = ''] = input.args;
  const action = actions[name];
  if (action) return action(input, context);
  const near = closest(name, Object.keys(actions));
  throw new PlinthError({ cause: 'usage', summary: `plinth lab: there is no action "${name}"${near === undefined ? '' : `; is it "${near}"?`}`, hint: `Actions: ${Object.keys(actions).join(', ')}.` });
}

const which = (input: LabInput): { name?: string } => {
  const name = input.text('name');
  return name === undefined ? {} : { name };
};

function wanted({ args }: LabInput, what: string): string {
  const [action, name] = args;
  if (name !== undefined) return name;
  throw new PlinthError({ cause: 'usage', summary: `plinth lab ${action} wants ${what}` });
}
