import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { PlinthError } from '../../contract/index.ts';
import { displayPath } from '../source/file.ts';
import { runProgram } from './program.ts';
import type { Source, SourceContext } from './source.ts';
import { hostsOfResources, resource } from './terraformResources.ts';

const outputs = z.record(z.string(), z.looseObject({ value: z.unknown() }));
const state = z.looseObject({ version: z.number(), outputs: outputs.default({}), resources: z.array(resource).default([]) });

const example = 'say in Terraform: output "plinth" { value = { groups = { workers = { hosts = { node1 = { ssh = { address = "10.0.0.11" } } } } } } }';

/**
 * Terraform or OpenTofu: `terraform:`, `terraform:DIR` asks `terraform output -json` there; `terraform:FILE` reads a state file
 * or a saved output. The output `plinth` is an inventory in Plinth's own form; a state without it gives the machines that it
 * knows the addresses of.
 */
export const terraform: Source = {
  name: 'terraform',
  summary: "Terraform's output `plinth`, or the machines in a state file",
  age: 60_000,
  async load(argument, context) {
    const path = resolve(context.cwd, argument === '' ? '.' : argument);
    const source = argument === '' ? 'terraform' : `terraform:${argument}`;
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new PlinthError({ cause: 'inventory', summary: `${source}: ${displayPath(path, context.cwd)} does not exist`, hint: 'name a folder with Terraform files, or a state file' });
    const label = `terraform:${basename(path)}`;
    if (found.isDirectory()) return { text: ownForm(parse(await askOutputs(path, source, context), source), source), label };
    const value = parse(await readFile(path, 'utf8'), source);
    const asState = state.safeParse(value);
    if (!asState.success || asState.data.outputs['plinth'] !== undefined) return { text: ownForm(asState.success ? asState.data.outputs : value, source), label };
    if (asState.data.version !== 4) throw new PlinthError({ cause: 'inventory', summary: `${source}: this is a state of version ${asState.data.version}, and only version 4 is read`, hint: 'Terraform 0.12 and later write version 4' });
    const hosts = hostsOfResources(asState.data.resources);
    if (hosts === undefined) throw new PlinthError({ cause: 'inventory', summary: `${source}: the state has neither an output "plinth" nor a machine whose address is known`, detail: `resources: ${[...new Set(asState.data.resources.map(({ type }) => type))].join(', ') || 'none'}`, hint: example });
    return { text: JSON.stringify(hosts, undefined, 2), label };
  },
};

/** By `terraform`, or by `tofu` where that is what is installed. */
async function askOutputs(folder: string, source: string, { env, timeout }: SourceContext): Promise<string> {
  const ask = (program: string): Promise<string> => runProgram({ argv: [program, 'output', '-json', '-no-color'], cwd: folder, env, timeout, source, missing: 'install Terraform or OpenTofu, or name a state file' });
  try {
    return await ask('terraform');
  } catch (error) {
    if (!(error instanceof PlinthError) || !error.message.includes('there is no program')) throw error;
    return ask('tofu').catch(() => {
      throw error;
    });
  }
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlinthError({ cause: 'inventory', summary: `${source}: this is not JSON`, detail: text.split('\n').slice(0, 3).join('\n'), hint: 'a state file, or what `terraform output -json` prints' }, { cause: error });
  }
}

function ownForm(value: unknown, source: string): string {
  const parsed = outputs.safeParse(value);
  const own = parsed.success ? parsed.data['plinth']?.value : undefined;
  if (own !== undefined) return JSON.stringify(own, undefined, 2);
  const names = parsed.success ? Object.keys(parsed.data) : [];
  throw new PlinthError({ cause: 'inventory', summary: `${source}: there is no output "plinth"`, ...(names.length === 0 ? {} : { detail: `outputs: ${names.join(', ')}` }), hint: example });
}
