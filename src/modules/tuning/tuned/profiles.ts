/**
 * Profiles that come with tuned and set net.ipv4.tcp_fastopen=3, themselves or by a parent (tuned 2.20 to 2.28, each
 * tuned.conf and its `include=`). With direct server return the answer to a SYN with data comes from another node than the client asked, and is lost.
 */
const withFastOpen = new Set(['network-latency', 'hpc-compute', 'openshift-node', 'cpu-partitioning', 'cpu-partitioning-powersave', 'realtime', 'realtime-virtual-guest', 'realtime-virtual-host']);

export const opensFast = (profile: string): boolean => withFastOpen.has(profile);

/** Where profiles of one's own belong from 2.23 on, and before that. */
export const newPath = (profile: string): string => `/etc/tuned/profiles/${profile}/tuned.conf`;
export const oldPath = (profile: string): string => `/etc/tuned/${profile}/tuned.conf`;

/** Whether the tuned of a distribution is 2.23 or newer, by its os-release: Debian 13, Ubuntu 25.04, Fedora 40, RHEL 10. */
export function hasNewLayout(release = ''): boolean {
  const of = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
  const since: Readonly<Record<string, number>> = { debian: 13, raspbian: 13, ubuntu: 25, fedora: 40 };
  return Number.parseFloat(of('VERSION_ID')) >= (since[of('ID')] ?? 10);
}

/** Where a profile may be: from 2.23 on in folders named profiles, before that beside tuned's own files. */
export const profilePaths = (profile: string): string[] => ['/etc/tuned/profiles', '/usr/lib/tuned/profiles', '/etc/tuned', '/usr/lib/tuned'].map((folder) => `${folder}/${profile}/tuned.conf`);

/** A profile of one's own. */
export interface Custom {
  readonly include?: string | undefined;
  readonly summary: string;
  readonly sections: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

export const profileText = ({ include, summary, sections }: Custom): string =>
  [
    `# Written by Plinth.\n[main]\nsummary=${summary}\n${include === undefined ? '' : `include=${include}\n`}`,
    ...Object.entries(sections).map(([name, settings]) => `[${name}]\n${Object.entries(settings).map(([key, value]) => `${key}=${value}\n`).join('')}`),
  ].join('\n');
