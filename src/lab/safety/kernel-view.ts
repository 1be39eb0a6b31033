import { readdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { kernelFeatures } from './kernel-features.ts';

/** Files of a node that tell what the running kernel has, by path. */
export type KernelView = Readonly<Record<string, string>>;

/**
 * Nothing can be loaded on a node, so the truthful answer to `modprobe X` is: done, where the running kernel has X
 * (built in, or loaded by the machine); not found, where it has not. kmod reads that answer from modules.builtin; the
 * index it wants beside it is made by depmod when the node first boots.
 */
export async function kernelView(): Promise<KernelView> {
  const version = release();
  const [builtin, loaded, own, config] = await Promise.all([
    readFile(`/lib/modules/${version}/modules.builtin`, 'utf8').catch(() => ''),
    readFile('/proc/modules', 'utf8').catch(() => ''),
    readdir('/sys/module').catch(() => []),
    readConfig(version),
  ]);
  const present = presentModules({ builtin, loaded, own, config: config ?? '' });
  return {
    [`/usr/lib/modules/${version}/modules.builtin`]: present.map((name) => `kernel/${name}.ko\n`).join(''),
    [`/usr/lib/modules/${version}/modules.order`]: '',
    ...(config === undefined ? {} : { [`/boot/config-${version}`]: config }),
  };
}

/** Names of the modules whose features the kernel has, sorted. */
export function presentModules(found: { builtin: string; loaded: string; own: readonly string[]; config: string }): string[] {
  const enabled = new Set([...found.config.matchAll(/^CONFIG_(\w+)=y$/gm)].map(([, option]) => option));
  const names = [
    ...found.builtin.split('\n').flatMap((line) => /([^/]+)\.ko/.exec(line)?.[1] ?? []),
    ...found.loaded.split('\n').flatMap((line) => /^\S+/.exec(line)?.[0] ?? []),
    ...found.own,
    ...Object.entries(kernelFeatures).flatMap(([option, modules]) => (enabled.has(option) ? modules : [])),
  ];
  // kmod takes dash and underscore for the same.
  return [...new Set(names.map((name) => name.replaceAll('-', '_')))].toSorted();
}

async function readConfig(version: string): Promise<string | undefined> {
  const packed = await readFile('/proc/config.gz').catch(() => undefined);
  if (packed) return (await promisify(gunzip)(packed)).toString('utf8');
  return readFile(`/boot/config-${version}`, 'utf8').catch(() => undefined);
}
