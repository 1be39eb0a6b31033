import { z } from 'zod';
import { PlinthError } from '../../contract/index.ts';
import { runProgram } from '../dynamic/program.ts';
import { displayPath } from '../source/file.ts';
import type { SecretSources } from './sources.ts';

/** SOPS asks its key services over the network. */
const patience = 60_000;

/**
 * The secrets in a file that SOPS encrypted, nested ones by dotted names; the `sops` program opens it with whatever keys it finds.
 * @throws PlinthError with what sops said.
 */
export async function readSops(path: string, { env, cwd }: SecretSources): Promise<ReadonlyMap<string, string>> {
  const shown = displayPath(path, cwd);
  const text = await runProgram({
    argv: ['sops', '--decrypt', '--output-type', 'json', path],
    cwd,
    env,
    timeout: patience,
    source: shown,
    cause: 'secret',
    missing: `${shown} is encrypted with SOPS, and only the sops program opens it: install it from https://github.com/getsops/sops/releases (brew install sops, nix-shell -p sops)`,
  });
  const data = parsed(text);
  if (!data) throw new PlinthError({ cause: 'secret', summary: `${shown}: sops printed no map of names to secrets`, hint: 'the file must be a map, as YAML or JSON' });
  return new Map(flat(data, ''));
}

const map = z.record(z.string(), z.unknown());

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return map.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function flat(data: Readonly<Record<string, unknown>>, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    const inner = map.safeParse(value);
    if (inner.success && !Array.isArray(value)) return flat(inner.data, `${prefix}${key}.`);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[`${prefix}${key}`, String(value).replace(/\n$/, '')]] : [];
  });
}
