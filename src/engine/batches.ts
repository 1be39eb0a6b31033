import type { PlayOptions } from '../dsl/program.ts';

/** Hosts in the batches that `serial` asks for; shares are of all hosts, at least one host a batch; the last size repeats. */
export function batches(hosts: readonly string[], serial: PlayOptions['serial']): string[][] {
  if (serial === undefined) return hosts.length > 0 ? [[...hosts]] : [];
  const sizes = (Array.isArray(serial) ? serial : [serial]).map((size) => (typeof size === 'number' ? size : Math.floor((hosts.length * Number.parseFloat(size)) / 100)));
  const result: string[][] = [];
  for (let at = 0; at < hosts.length; ) {
    const size = Math.max(1, Math.trunc(sizes[Math.min(result.length, sizes.length - 1)] ?? 1) || 1);
    result.push(hosts.slice(at, at + size));
    at += size;
  }
  return result;
}
