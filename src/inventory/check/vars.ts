import type { z } from 'zod';
import type { Diagnostic, Located } from '../../contract/index.ts';
import type { FleetSchema } from '../../dsl/fleet.ts';
import type { Draft, HostDraft } from '../layout/draft.ts';
import { type Place, plain, showPath, type Tree, treeAt } from '../source/tree.ts';
import { describeAt } from './describe.ts';
import { hostSchema } from './hostSchema.ts';
import { placeOf, type Said, sayIssue } from './issue.ts';
import { nearest } from '../../contract/nearest.ts';

/** A host with what was said about its variables. */
export interface Subject {
  readonly host: HostDraft;
  readonly groups: readonly string[];
  readonly tree: Tree;
}

export interface Checked {
  /** Parsed variables by host; hosts with complaints are absent. */
  readonly vars: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly complaints: readonly Diagnostic[];
}

interface Complaint extends Diagnostic {
  readonly at: readonly Located[];
}

/** Parses every host's variables once. One wrong value that many hosts share is one complaint. */
export function checkVars(subjects: readonly Subject[], fleet: FleetSchema, draft: Draft): Checked {
  const schemas = new Map<string, z.ZodObject>();
  const vars = new Map<string, Readonly<Record<string, unknown>>>();
  const complaints = new Map<string, { readonly complaint: Complaint; readonly hosts: HostDraft[] }>();
  for (const subject of subjects) {
    const key = subject.groups.join(' ');
    const schema = schemas.get(key) ?? hostSchema(fleet, subject.groups);
    schemas.set(key, schema);
    const parsed = schema.safeParse(plain(subject.tree));
    if (parsed.success) {
      vars.set(subject.host.name, parsed.data);
      continue;
    }
    for (const said of parsed.error.issues.flatMap((issue) => sayIssue(issue, subject.tree))) {
      const absent = missing(said, subject, schema, fleet, draft);
      const complaint = absent ?? wrong(said, subject, schema, fleet);
      // A variable that is missing everywhere has as many places as there are hosts, and is still one complaint.
      const id = JSON.stringify([complaint.summary, complaint.hint, absent && said.path.length === 1 ? [] : complaint.at]);
      const entry = complaints.get(id);
      if (entry) entry.hosts.push(subject.host);
      else complaints.set(id, { complaint, hosts: [subject.host] });
    }
  }
  return { vars, complaints: [...complaints.values()].map(({ complaint, hosts }) => withHosts(complaint, hosts, subjects.length)) };
}

function wrong(said: Said, { tree, groups }: Subject, schema: z.ZodObject, fleet: FleetSchema): Complaint {
  const at = placeOf(said, tree);
  const what = said.key === undefined ? said.what : said.path.length === 0 ? 'unknown variable' : said.what;
  const hint = said.hint ?? (said.key === undefined ? undefined : unknownHint(said, schema, fleet, groups));
  return { cause: 'inventory', summary: `${at.path === '' ? showPath(said.path) || 'vars' : at.path}: ${what}`, at: [at], ...(hint === undefined ? {} : { hint }) };
}

function unknownHint({ path, key = '' }: Said, schema: z.ZodObject, fleet: FleetSchema, groups: readonly string[]): string {
  const { keys } = describeAt(schema, path);
  if (path.length === 0) {
    const owners = Object.keys(fleet.groups).filter((name) => !groups.includes(name) && Object.hasOwn(fleet.groups[name]?.shape ?? {}, key));
    if (owners.length > 0) return `it is a variable of ${owners.length === 1 ? 'group' : 'the groups'} ${owners.join(', ')}: set it there, or put the host into the group`;
  }
  const meant = nearest(key, keys);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (keys.length === 0) return path.length === 0 ? 'the schema of the fleet has no variables for these hosts' : 'nothing may stand here';
  return `known here: ${keys.slice(0, 12).join(', ')}${keys.length > 12 ? ` and ${keys.length - 12} more` : ''}`;
}

/** Nothing was said about a value that must be there: the place is where it could be said. */
function missing(said: Said, { host, groups, tree }: Subject, schema: z.ZodObject, fleet: FleetSchema, draft: Draft): Complaint | undefined {
  if (said.key !== undefined || said.path.length === 0 || treeAt(tree, said.path) !== undefined) return undefined;
  const { description } = describeAt(schema, said.path);
  const expected = /^expected (.*), found nothing$/.exec(said.what)?.[1] ?? (said.what.startsWith('wants') ? said.what.replace('wants ', '') : undefined);
  const detail = [expected && `expected ${expected}`, description].filter(Boolean).join(': ');
  const about = detail === '' ? {} : { detail };
  if (said.path.length > 1) {
    const at = placeOf(said, tree);
    return { cause: 'inventory', summary: `${at.path}: missing`, at: [at], ...about };
  }
  const name = String(said.path[0]);
  const owner = groups.find((group) => Object.hasOwn(fleet.groups, group) && Object.hasOwn(fleet.groups[group]?.shape ?? {}, name));
  const at: Place = (owner === undefined ? undefined : draft.groups.get(owner)?.at) ?? host.at;
  const where = owner === undefined ? 'at the top level' : `of group ${owner}`;
  return { cause: 'inventory', summary: `the variable "${name}" is missing`, at: [at], ...about, hint: `set it under "vars" ${where}, or of the host` };
}

function withHosts(complaint: Complaint, hosts: readonly HostDraft[], all: number): Diagnostic {
  const [only] = hosts;
  if (hosts.length === 1 && only && all > 1) return { ...complaint, host: only.name };
  if (hosts.length === all) return complaint;
  const names = hosts.slice(0, 5).map((host) => host.name).join(', ');
  const line = `hosts: ${names}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ''}`;
  return { ...complaint, detail: complaint.detail ? `${complaint.detail}\n${line}` : line };
}
