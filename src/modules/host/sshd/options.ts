import { z } from 'zod';

const word = () => z.string().regex(/^[^\s"#]+$/, 'must be one word');
const names = () => z.array(word()).min(1, 'must name at least one');
const algorithms = () => z.array(word()).min(1, 'must name at least one');

/** Options of sshd_config(5) that people set, named as there, and typed. */
export const sshdOptions = {
  ports: z.array(z.int().min(1).max(65535)).min(1, 'must name at least one port').optional().describe('Where sshd listens. The port you come by must stay among them: give both, change the inventory, then take the old one away.'),
  permitRootLogin: z.enum(['yes', 'no', 'prohibit-password', 'forced-commands-only']).optional().describe('How root may log in.'),
  passwordAuthentication: z.boolean().optional().describe('A password lets people in.'),
  kbdInteractiveAuthentication: z.boolean().optional().describe('So does whatever PAM asks for, which is mostly a password too.'),
  pubkeyAuthentication: z.boolean().optional().describe('A key lets people in.'),
  allowUsers: names().optional().describe('Only these users may log in; patterns such as deploy@10.0.0.* too.'),
  allowGroups: names().optional().describe('Only members of these groups may log in.'),
  denyUsers: names().optional().describe('These users may not log in.'),
  denyGroups: names().optional().describe('Members of these groups may not log in.'),
  maxAuthTries: z.int().min(1).optional().describe('Attempts per connection. Each key that an agent offers is one.'),
  maxSessions: z.int().min(1).optional().describe('Sessions per connection.'),
  loginGraceTime: z.int().min(1).optional().describe('How long a login may take, in seconds.'),
  clientAliveInterval: z.int().min(0).optional().describe('After so many silent seconds the client is asked for a sign of life.'),
  clientAliveCountMax: z.int().min(1).optional().describe('So many unanswered questions end the connection.'),
  x11Forwarding: z.boolean().optional().describe('Windows of the node on the screen of who logs in.'),
  allowTcpForwarding: z.enum(['yes', 'no', 'local', 'remote']).optional().describe('Tunnels through the node. A jump host needs local ones.'),
  allowAgentForwarding: z.boolean().optional().describe('The keys of who logs in can be used from the node.'),
  permitEmptyPasswords: z.boolean().optional().describe('Users without a password are let in by none.'),
  useDns: z.boolean().optional().describe('Looks up the name of who connects, which makes logins slow where DNS is.'),
  logLevel: z.enum(['QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG']).optional().describe('How much is logged.'),
  ciphers: algorithms().optional().describe('Ciphers, best first; the first may begin with + or -.'),
  macs: algorithms().optional().describe('Message authentication codes, likewise.'),
  kexAlgorithms: algorithms().optional().describe('Key exchanges, likewise.'),
};

const keyword: Readonly<Record<string, string>> = { ports: 'Port', useDns: 'UseDNS', macs: 'MACs', x11Forwarding: 'X11Forwarding' };
const apart = new Set(['ports']);
const byComma = new Set(['ciphers', 'macs', 'kexAlgorithms']);

const isList = (value: Value): value is readonly (string | number)[] => Array.isArray(value);

export type Option = readonly [keyword: string, value: string];

type Value = string | number | boolean | readonly (string | number)[] | undefined;

/** The lines of sshd_config for what was asked for, in the order above, then the free ones by their name. */
export function optionsOf(args: Readonly<Record<string, Value>>, free: Readonly<Record<string, string>>): readonly Option[] {
  const typed = Object.keys(sshdOptions).flatMap((name): Option[] => {
    const value = args[name];
    const key = keyword[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (value === undefined) return [];
    if (isList(value)) return apart.has(name) ? value.map((one): Option => [key, String(one)]) : [[key, value.join(byComma.has(name) ? ',' : ' ')]];
    return [[key, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)]];
  });
  return [...typed, ...Object.entries(free)];
}
