import { z } from 'zod';
import { isRange, readRange } from './range.ts';
import { nameProblem } from '../check/address.ts';
import { hostSshSchema, sshSchema } from './ssh.ts';

/** A host, or a range of them. */
const hostPattern = z.string().superRefine((name, ctx) => {
  const problem = patternProblem(name);
  if (problem) ctx.addIssue({ code: 'custom', message: problem });
});

const groupName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'a group name begins with a letter and holds letters, digits, _ and -')
  .refine((name) => name !== 'all', 'every host is in "all"; its variables are the top-level "vars"');

/** The form of an inventory file. What variables there may be is the fleet's to say. */
export function layoutSchema(vars: z.ZodType) {
  const host = z
    .strictObject({
      vars: vars.nullish().describe('Variables of this host. They win over all others.'),
      ssh: hostSshSchema.nullish().describe('How this host is reached.'),
    })
    .nullable();
  const hosts = z.union([z.record(hostPattern, host), z.array(hostPattern)]);
  const group = z
    .strictObject({
      hosts: hosts.nullish().describe('Hosts of the group, by name or range such as node[1:3], each with its own settings or none.'),
      children: z.array(z.string()).nullish().describe('Groups whose hosts are all in this one.'),
      vars: vars.nullish().describe('Variables of the hosts in this group. They win over those of its parents and of all hosts.'),
      ssh: sshSchema.nullish().describe('How the hosts of this group are reached.'),
      priority: z.int().optional().describe('Decides between two groups of equal depth that set the same variable: the higher wins. Default: 0.'),
    })
    .nullable();
  return z.strictObject({
    $schema: z.string().optional().describe('JSON Schema of this file, for editors.'),
    vars: vars.nullish().describe('Variables of all hosts.'),
    ssh: sshSchema.nullish().describe('How all hosts are reached.'),
    groups: z.record(groupName, group).nullish().describe('Groups of hosts.'),
    hosts: hosts.nullish().describe('Further settings of single hosts, and hosts that are in no group.'),
  });
}

function patternProblem(name: string): string | undefined {
  if (name === 'all') return '"all" stands for every host and cannot be the name of one';
  if (name === 'controller') return '"controller" stands for the machine that Plinth runs on and cannot be the name of a host';
  if (!isRange(name)) return nameProblem(name);
  const names = readRange(name);
  return typeof names === 'string' ? names : names.map(nameProblem).find((problem) => problem !== undefined);
}
