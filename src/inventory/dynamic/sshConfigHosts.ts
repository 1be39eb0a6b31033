import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PlinthError } from '../../contract/index.ts';
import { displayPath } from '../source/file.ts';
import type { Source } from './source.ts';
import { hostBlocks, valuesOf } from './sshConfig.ts';

/**
 * Hosts that an ssh_config names: `ssh-config:`, `ssh-config:k3s-*,pi?`, `ssh-config:FILE#PATTERN`. How each is reached stays
 * where it is said: every connection reads ssh_config anyway.
 */
export const sshConfigHosts: Source = {
  name: 'ssh-config',
  summary: 'the hosts of an ssh_config, by pattern',
  async load(argument, { cwd, env }) {
    const split = argument.indexOf('#');
    const home = env['HOME'] ?? homedir();
    const given = split < 0 ? undefined : argument.slice(0, split);
    const file = given === undefined || given === '' ? join(home, '.ssh', 'config') : resolve(cwd, given.replace(/^~(?=\/)/, home));
    const patterns = argument.slice(split + 1).split(',').map((part) => part.trim()).filter((part) => part !== '');
    const all = [...new Set(await namesIn(file, home, cwd, 0))];
    const fits = patterns.map(globOf);
    const names = patterns.length === 0 ? all : all.filter((name) => fits.some((pattern) => pattern.test(name)));
    const shown = displayPath(file, cwd);
    if (names.length === 0) throw new PlinthError({ cause: 'inventory', summary: `ssh-config:${argument}: ${shown} names no host${patterns.length === 0 ? '' : ` that fits ${patterns.join(' or ')}`}`, hint: all.length === 0 ? 'only names without * and ? are hosts' : `it names: ${all.slice(0, 12).join(', ')}` });
    return { text: JSON.stringify({ ...(given === undefined || given === '' ? {} : { ssh: { config: file } }), hosts: names }, undefined, 2), label: 'ssh-config:' };
  },
};

async function namesIn(file: string, home: string, cwd: string, depth: number): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (depth > 0) return '';
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new PlinthError({ cause: 'inventory', summary: `${displayPath(file, cwd)} ${missing ? 'does not exist' : 'cannot be read'}`, hint: 'ssh-config: reads ~/.ssh/config, ssh-config:FILE# another file' }, { cause: error });
  });
  const names: string[] = [];
  for (const { names: own, settings } of hostBlocks(text)) {
    names.push(...own.filter((name) => !/[*?!]/.test(name)));
    // ssh follows 16 files within files.
    for (const pattern of depth < 16 ? valuesOf(settings.get('include') ?? '') : []) for (const found of await included(pattern, home)) names.push(...(await namesIn(found, home, cwd, depth + 1)));
  }
  return names;
}

/** Files of an Include: relative ones start at ~/.ssh; wildcards in the last part. */
async function included(pattern: string, home: string): Promise<readonly string[]> {
  const path = pattern.startsWith('~/') ? join(home, pattern.slice(2)) : isAbsolute(pattern) ? pattern : join(home, '.ssh', pattern);
  if (!/[*?]/.test(path)) return [path];
  const names = await readdir(dirname(path)).catch(() => []);
  const fits = globOf(path.slice(dirname(path).length + 1));
  return names.filter((name) => fits.test(name) && !name.startsWith('.')).toSorted().map((name) => join(dirname(path), name));
}

const globOf = (glob: string): RegExp => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
