import { type Refusal, refuse } from '../../../contract/index.ts';
import type { Connecting, Server } from './found.ts';

export interface Asked {
  readonly ports?: readonly number[] | undefined;
  readonly permitRootLogin?: string | undefined;
  readonly passwordAuthentication?: boolean | undefined;
  readonly allowUsers?: readonly string[] | undefined;
  readonly allowGroups?: readonly string[] | undefined;
  readonly denyUsers?: readonly string[] | undefined;
  readonly denyGroups?: readonly string[] | undefined;
}

/** Why we could not log in again; undefined where nothing is known to stand in the way. */
export function lockedOut(asked: Asked, { user, groups, hasKey }: Connecting, { effective, isSocket }: Server): Refusal | undefined {
  const us = `Plinth logs in as ${user}`;
  const matches = (patterns: readonly string[] | undefined): boolean => patterns?.some((pattern) => isMatch(pattern.split('@')[0] ?? '', user)) ?? false;
  const isIn = (names: readonly string[] | undefined): boolean => names?.some((name) => groups.some((group) => isMatch(name, group))) ?? false;
  const belongs = `${us}, who is in ${groups.join(', ') || 'no group'}`;

  if (asked.permitRootLogin === 'no' && user === 'root') return refuse('root could not log in any more', us, { hint: 'Make a user with sudo and log in as that one first.', final: true });
  if (asked.allowUsers && !matches(asked.allowUsers)) return refuse(`allowUsers leaves out ${user}`, us, { hint: `Add '${user}'.`, final: true });
  if (matches(asked.denyUsers)) return refuse(`denyUsers names ${user}`, us, { final: true });
  if (asked.allowGroups && !isIn(asked.allowGroups)) return refuse(`allowGroups has no group of ${user}`, belongs, { hint: 'Add one of these groups, or make the user a member in an earlier task.' });
  if (isIn(asked.denyGroups)) return refuse(`denyGroups names a group of ${user}`, belongs, { final: true });
  const hasOtherKeys = (effective.trustedusercakeys ?? ['none'])[0] !== 'none' || (effective.authorizedkeyscommand ?? ['none'])[0] !== 'none';
  if (asked.passwordAuthentication === false && !hasKey && !hasOtherKeys) {
    return refuse(`without passwords nothing would let ${user} in`, `there is no key in the authorized_keys of ${user}`, { hint: 'Put your key there in an earlier task (authorizedKeys).' });
  }
  if (!asked.ports) return undefined;
  if (isSocket) return refuse('systemd listens for sshd, so `ports` would not be heeded', 'ssh.socket is active', { hint: 'Set ListenStream by a drop-in of ssh.socket, or disable it and enable ssh.service.', final: true });
  const now = (effective.port ?? ['22']).map(Number);
  if (now.some((port) => asked.ports?.includes(port))) return undefined;
  return refuse('the port that Plinth comes by would be closed', `sshd listens on ${now.join(', ')}`, { hint: `Give both for a while, ports: [${[...now, ...asked.ports].join(', ')}], open the new one in the firewall, change the inventory, and then take the old one away.`, final: true });
}

/** The patterns of ssh_config(5), without lists. */
const isMatch = (pattern: string, name: string): boolean => new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
