import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reach } from '../../contract/connection.ts';
import type { HostKeyPolicy } from '../target/host-key-policy.ts';
import type { Target } from '../target/target.ts';

/** What ssh is told. Only what the inventory says is said again: the rest it reads from ssh_config itself. */
export async function sshArguments(dir: string, reach: Reach, target: Target, policy: HostKeyPolicy): Promise<string[]> {
  const set = (name: string, value: string): string[] => ['-o', `${name}=${value}`];
  const file = (name: string): string => `"${name.replaceAll('%', '%%')}"`;
  const secrets = reach.password !== undefined || reach.passphrase !== undefined;
  return [
    ...(reach.sshConfig === undefined ? [] : ['-F', reach.sshConfig]),
    ...(reach.port === undefined ? [] : ['-p', String(reach.port)]),
    ...(reach.user === undefined ? [] : ['-l', reach.user]),
    ...(reach.identityFiles === undefined ? [] : [...reach.identityFiles.flatMap((key) => set('IdentityFile', file(key))), ...set('IdentitiesOnly', 'yes')]),
    ...(reach.proxyJump === undefined ? [] : set('ProxyJump', reach.proxyJump)),
    ...(reach.proxyCommand === undefined ? [] : set('ProxyCommand', reach.proxyCommand)),
    ...(await hostKeys(dir, reach, target, policy, set, file)),
    ...set('BatchMode', secrets ? 'no' : 'yes'),
    ...set('NumberOfPasswordPrompts', '1'),
    ...set('ConnectTimeout', String(Math.ceil(target.connectTimeout / 1000))),
    ...set('ServerAliveInterval', '10'),
    ...set('ServerAliveCountMax', '3'),
    ...set('RequestTTY', 'no'),
    ...set('ForwardAgent', 'no'),
    ...set('ForwardX11', 'no'),
    ...set('ClearAllForwardings', 'yes'),
    ...set('PermitLocalCommand', 'no'),
    ...set('RemoteCommand', 'none'),
    ...set('SessionType', 'default'),
    ...set('LogLevel', 'ERROR'),
  ];
}

async function hostKeys(dir: string, reach: Reach, target: Target, policy: HostKeyPolicy, set: (name: string, value: string) => string[], file: (name: string) => string): Promise<string[]> {
  if (target.pinned.length > 0) {
    const pinned = join(dir, 'known_hosts');
    await writeFile(pinned, target.pinned.map((line) => `${target.keyName} ${line.trim()}\n`).join(''), { mode: 0o600 });
    return [...set('UserKnownHostsFile', file(pinned)), ...set('GlobalKnownHostsFile', '/dev/null'), ...set('StrictHostKeyChecking', 'yes'), ...set('UpdateHostKeys', 'no')];
  }
  const accept = target.acceptsNew || policy.kind === 'accept-new';
  return [...(reach.knownHostsFiles === undefined ? [] : [...set('UserKnownHostsFile', reach.knownHostsFiles.map(file).join(' ')), ...set('GlobalKnownHostsFile', '/dev/null')]), ...set('StrictHostKeyChecking', accept ? 'accept-new' : 'yes'), ...set('UpdateHostKeys', 'no')];
}
