import { stringify } from 'yaml';
import { identityFile, type Lab } from './lab.ts';

export interface LabHost {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly hostKeys: readonly string[];
}

/** How to reach the nodes, for tests and benchmarks. */
export const labInventory = (lab: Lab): { readonly hosts: readonly LabHost[] } => ({
  hosts: lab.nodes.map(({ name, address, port, hostKeys }) => ({ name, address, port, user: lab.user, identityFile: identityFile(lab), hostKeys })),
});

/** The same as an inventory file: the first nodes under `controlPlane`, the others under `workers`. */
export function inventoryYaml(lab: Lab): string {
  const group = (role: Lab['nodes'][number]['role']) => ({
    hosts: Object.fromEntries(
      labInventory(lab)
        .hosts.filter(({ name }) => lab.nodes.some((node) => node.name === name && node.role === role))
        .map(({ name, ...ssh }) => [name, { ssh }]),
    ),
  });
  return `# Written by plinth lab up for the lab "${lab.name}".\n${stringify({ groups: { controlPlane: group('controlPlane'), workers: group('worker') } }, { lineWidth: 0 })}`;
}

/** An ssh_config that knows the nodes by name and pins their keys: `ssh -F FILE node1`. */
export const sshConfig = (lab: Lab, knownHosts: string): string =>
  labInventory(lab)
    .hosts.map(({ name, address, port, user, identityFile: key }) =>
      [
        `Host ${name}`,
        `  HostName ${address}`,
        `  Port ${port}`,
        `  User ${user}`,
        `  IdentityFile "${key}"`,
        '  IdentitiesOnly yes',
        `  UserKnownHostsFile "${knownHosts}"`,
        '  GlobalKnownHostsFile /dev/null',
        '  StrictHostKeyChecking yes',
        '  LogLevel ERROR',
        '',
      ].join('\n'),
    )
    .join('\n');

/** known_hosts lines of all nodes. */
export const knownHosts = (lab: Lab): string =>
  lab.nodes.flatMap(({ address, port, hostKeys }) => hostKeys.map((key) => `[${address}]:${port} ${key}\n`)).join('');
