import { mark } from '../original.ts';

export interface Servers {
  readonly servers: readonly string[];
  readonly pools: readonly string[];
  readonly allow: readonly string[];
}

export const chronyPaths = { debian: '/etc/chrony/chrony.conf', other: '/etc/chrony.conf' } as const;

/**
 * chrony.conf with these servers and no others: what came with the package is kept, its own sources are commented out. They
 * would be asked too, and an isolated cluster would wait for them.
 */
export function chronyText(original: string, { servers, pools, allow }: Servers): string {
  const lines = original.replace(/\n$/, '').split('\n').filter((line) => line !== mark);
  const kept = lines.map((line) => (/^\s*(server|pool|peer|sourcedir)\s/.test(line) ? `#plinth# ${line}` : line));
  const own = [...servers.map((name) => `server ${name} iburst`), ...pools.map((name) => `pool ${name} iburst`), ...allow.map((cidr) => `allow ${cidr}`)];
  return [mark, ...kept, ...own, ''].join('\n');
}

export const timesyncdPath = '/etc/systemd/timesyncd.conf.d/90-plinth.conf';
/** It keeps to one source at a time; a pool is a name that stands for several. */
export const timesyncdText = ({ servers, pools }: Servers): string => `${mark}\n[Time]\nNTP=${[...servers, ...pools].join(' ')}\nFallbackNTP=\n`;
