import { z } from 'zod';
import { secret } from '../../contract/index.ts';
import { addressProblem } from '../check/address.ts';
import { durationSchema } from './duration.ts';

const word = z.string().regex(/^\S+$/, 'wants one word, without spaces');
const oneOrMany = <S extends z.ZodType>(schema: S) => z.union([schema, z.array(schema)]);
const hostKey = z.string().regex(/^(sk-)?(ssh|ecdsa)-[\w@.-]+ [A-Za-z0-9+/]{16,}={0,3}( .*)?$/, 'wants a type and a key, as in "ssh-ed25519 AAAA...", without a host name before it');
const files = oneOrMany(z.string().min(1));

/** How hosts are reached; what is not said comes from ssh_config, then from the defaults. Any of it may stand for all hosts, a group or a host. */
export const sshSchema = z.strictObject({
  transport: z.enum(['auto', 'ssh', 'openssh', 'local']).optional().describe('Which client connects. auto: ssh, or openssh where ssh cannot do what is asked; local: this machine.'),
  port: z.int().min(1).max(65535).optional().describe('Port of sshd. Default: 22.'),
  user: word.refine((user) => !user.includes('@'), 'wants a user alone, without @').optional().describe('Who logs in.'),
  identityFile: files.optional().describe('Private key or keys to try. A relative path starts at the folder of this file.'),
  identityFiles: files.optional().describe('The same as identityFile.'),
  password: secret().optional().describe('Password to log in with, as !secret ....'),
  passphrase: secret().optional().describe('Passphrase of an encrypted identity file, as !secret ....'),
  become: z.boolean().optional().describe('Whether work is done as root, through sudo. Default: true.'),
  becomePassword: secret().optional().describe('Password that sudo asks for, as !secret ....'),
  proxyJump: word.optional().describe('Hosts to go through, [user@]host[:port], with commas between; none goes directly.'),
  proxyCommand: z.string().min(1).optional().describe('Command whose input and output reach sshd; %h, %p and %r stand for host, port and user.'),
  hostKeys: oneOrMany(hostKey).optional().describe('Pinned host keys. They win over known_hosts.'),
  knownHosts: files.optional().describe('known_hosts files to use instead of the user\'s.'),
  config: z.string().min(1).optional().describe('ssh_config to read instead of the user\'s; none reads none.'),
  connectTimeout: durationSchema.optional().describe('How long one attempt to connect may take, e.g. 10s.'),
  connectRetries: z.int().min(0).max(1000).optional().describe('How often a refused or booting host is tried again.'),
  reconnectTimeout: durationSchema.optional().describe('How long a host that drops its link in the middle of a run is waited for. Default: 30s.'),
});

/** Of one host: its address too. */
export const hostSshSchema = sshSchema.extend({
  address: z
    .string()
    .superRefine((address, ctx) => {
      const problem = addressProblem(address);
      if (problem) ctx.addIssue({ code: 'custom', message: problem });
    })
    .optional()
    .describe('Name or IP address to connect to. Default: the name of the host. A range pairs up with the range in the name.'),
});

export type SshSettings = z.output<typeof hostSshSchema>;
