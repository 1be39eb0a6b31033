import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PlinthError } from '../../../src/contract/index.ts';

export const providers = ['docker', 'libvirt'] as const;
export type Provider = (typeof providers)[number];

export interface LaneOptions {
  readonly provider: Provider;
  readonly topology: string;
  /** The machines stay until Ctrl-C. */
  readonly keep: boolean;
  /** MiB for each machine, at most. */
  readonly memory: number;
  /** Where a Kubernetes bundle is, absolute. */
  readonly bundle: string | undefined;
}

export const usage = (topologies: readonly string[]): string => `npm run test:vagrant -- [options]
  --provider NAME   ${providers.join(' or ')}. Default: libvirt
  --topology NAME   ${topologies.join(', ')}. Default: ha
  --memory MIB      at most so much for each machine. Default: 1024; as the topology says where PLINTH_BUNDLE is given
  --keep            leaves the machines up until Ctrl-C, and tells how to reach them

PLINTH_BUNDLE=DIR   also makes a Kubernetes cluster of them, from that bundle`;

/** What the command line asks for. Throws `usage`. */
export function readOptions(argv: readonly string[], topologies: readonly string[], env: NodeJS.ProcessEnv): LaneOptions {
  const { values } = parse(argv, topologies);
  const provider = providers.find((name) => name === values.provider);
  if (!provider) throw wrong(`--provider is ${providers.join(' or ')}, not ${values.provider}`, topologies);
  if (!topologies.includes(values.topology)) throw wrong(`--topology is one of ${topologies.join(', ')}, not ${values.topology}`, topologies);
  const memory = Number(values.memory ?? (env['PLINTH_BUNDLE'] ? 65_536 : 1024));
  if (!Number.isInteger(memory) || memory < 512) throw wrong('--memory is in MiB, at least 512', topologies);
  const bundle = env['PLINTH_BUNDLE'] ? resolve(env['PLINTH_BUNDLE']) : undefined;
  return { provider, topology: values.topology, keep: values.keep, memory, bundle };
}

const wrong = (summary: string, topologies: readonly string[], options?: ErrorOptions): PlinthError => new PlinthError({ cause: 'usage', summary, hint: usage(topologies) }, options);

function parse(argv: readonly string[], topologies: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { provider: { type: 'string', default: 'libvirt' }, topology: { type: 'string', default: 'ha' }, memory: { type: 'string' }, keep: { type: 'boolean', default: false } } });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), topologies, { cause: error });
  }
}
