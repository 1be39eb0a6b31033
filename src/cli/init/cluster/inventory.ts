import { isIP } from 'node:net';
import { stringify } from 'yaml';
import { type Answers, names } from './answers.ts';

/** The inventory of a cluster as it was answered, to be read and changed by people. */
export function clusterInventory({ cluster, user, sudo, controlPlanes, workers }: Answers, playbook: string): string {
  const { name = '' } = cluster;
  const password = { nothing: '  # becomePassword: !secret age:sudoPassword     # where sudo asks for one: plinth secrets\n', type: '  becomePassword: !secret prompt:Password for sudo\n', keep: '  becomePassword: !secret age:sudoPassword\n' }[sudo];
  return `# yaml-language-server: $schema=./schema.json
#
# The cluster ${name} and its nodes, as \`plinth init\` was told. Every variable is described in schema.ts, and an editor with a
# YAML language server completes them; docs/cluster.md of Plinth tells of each.
#
#     npx plinth plan ${playbook}     # what would be done; changes nothing

vars:
  cluster:
${indented(stringify(cluster, { flowCollectionPadding: true, lineWidth: 0, collectionStyle: 'any' }), 4)}
ssh:
  user: ${user}
${password}
groups:
  controlPlane:
    hosts:
${hostLines('cp', controlPlanes)}${workers.length === 0 ? '' : `\n  workers:\n    hosts:\n${hostLines('worker', workers)}`}`;
}

const hostLines = (role: string, addresses: readonly string[]): string => names(role, addresses.length).map((host, index) => `      ${host}: { ssh: { address: ${text(addresses[index] ?? '')} }, vars: { nodeIp: ${text(addresses[index] ?? '')} } }\n`).join('');
const text = (address: string): string => (isIP(address) === 6 ? `'${address}'` : address);
const indented = (lines: string, by: number): string => lines.trimEnd().split('\n').map((line) => `${' '.repeat(by)}${line}\n`).join('');
