import type { Diagnostic } from '../../contract/index.ts';
import type { FleetSchema } from '../../dsl/fleet.ts';
import { hostSchema } from '../check/hostSchema.ts';
import { nearest } from '../../contract/nearest.ts';
import type { MergedHost } from '../hosts.ts';
import { type Merged, treeOf } from '../merge/merge.ts';
import type { Place } from '../source/tree.ts';
import { ansibleDiagnostic } from './inventory.ts';
import { settingOf } from './settings.ts';
import { sayUnsupported, unsupportedIn } from './unsupported.ts';

/** Hosts with those variables of theirs that the fleet knows. */
export interface Picked {
  readonly hosts: readonly MergedHost[];
  readonly complaints: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** How many names a warning holds, unless everything is asked for. */
const fewNames = 8;

/**
 * An Ansible inventory is full of variables for other people's roles: of its words the fleet's schema takes what it knows,
 * and the rest is told once. Variables that files of ours speak of stay, and are checked as always. A value that only Ansible
 * could work out is an error where the schema wants it.
 */
export function pickVariables(hosts: readonly MergedHost[], fleet: FleetSchema, verbose: boolean): Picked {
  const unknown = new Map<string, Place>();
  const unread = new Map<string, { readonly place: Place; readonly what: string }>();
  const complaints = new Map<string, Diagnostic>();
  const schemas = new Map<string, ReturnType<typeof hostSchema>>();
  const anywhere = new Set([fleet.shared, ...Object.values(fleet.groups)].flatMap((schema) => Object.keys(schema.shape)));

  const picked = hosts.map((host): MergedHost => {
    if (!host.vars?.children || !host.vars.words.some((word) => word.whole)) return host;
    const key = host.groups.join(' ');
    const schema = schemas.get(key) ?? hostSchema(fleet, host.groups);
    schemas.set(key, schema);
    const isLoose = schema.def.catchall !== undefined && schema.def.catchall._zod.def.type !== 'never';
    const children = new Map<string, Merged>();
    for (const [name, merged] of host.vars.children) {
      const isKnown = Object.hasOwn(schema.shape, name);
      const unsupported = unsupportedIn(treeOf(merged));
      if (unsupported && isKnown) {
        const { what, hint } = sayUnsupported(unsupported);
        const diagnostic = ansibleDiagnostic(unsupported.at, `${unsupported.at.path}: ${what}`, hint);
        complaints.set(JSON.stringify(diagnostic), diagnostic);
      } else if (unsupported) {
        unread.set(name, unread.get(name) ?? { place: unsupported.at, what: sayUnsupported(unsupported).what });
      } else if (isLoose && !isKnown && ownNameOf(name) !== undefined) {
        unknown.set(name, unknown.get(name) ?? merged.keyAt);
      } else if (isKnown || isLoose || merged.words.some((word) => !word.whole)) {
        children.set(name, merged);
      } else if (!anywhere.has(name)) {
        unknown.set(name, unknown.get(name) ?? merged.keyAt);
      }
    }
    return { ...host, vars: { ...host.vars, children } };
  });
  return { hosts: picked, complaints: [...complaints.values()], warnings: [...takeMisspelt(unknown, anywhere), ...unreadWarning(unread, verbose), ...unknownWarning(unknown, verbose)] };
}

/** Takes out each name that is nearly one of ours, or of Ansible's own: it was meant to count. */
function takeMisspelt(unknown: Map<string, Place>, known: ReadonlySet<string>): readonly Diagnostic[] {
  return [...unknown].flatMap(([name, place]) => {
    const own = ownNameOf(name) ?? (name.length < 5 ? undefined : [...known].find((one) => plainName(one) === plainName(name)));
    if (own === undefined) return [];
    unknown.delete(name);
    return [ansibleDiagnostic(place, `${name}: this variable counts for nothing`, `did you mean ${own}?`)];
  });
}

const ownNameOf = (name: string): string | undefined => (/^ansible[_-]/.test(name) ? nearest(name, Object.keys(settingOf)) : undefined);
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

function unknownWarning(unknown: ReadonlyMap<string, Place>, verbose: boolean): readonly Diagnostic[] {
  if (unknown.size === 0) return [];
  const at = [...unknown.values()].slice(0, 1);
  return [{ cause: 'inventory', summary: `${unknown.size === 1 ? 'one variable of the Ansible inventory is' : `${unknown.size} variables of the Ansible inventory are`} unknown to the schema of the fleet and left out: ${listed([...unknown.keys()], verbose)}`, at, hint: 'declare in schema.ts what playbooks are to see' }];
}

function unreadWarning(unread: ReadonlyMap<string, { readonly place: Place; readonly what: string }>, verbose: boolean): readonly Diagnostic[] {
  const kinds = new Set([...unread.values()].map(({ what }) => what));
  const byWhat = [...kinds].map((kind) => ({ what: kind, found: [...unread].filter(([, { what }]) => what === kind) }));
  return byWhat.map(({ what, found }) => ({
    cause: 'inventory',
    summary: found.length === 1 ? `the variable ${found[0]?.[0]} ${what}; it is left out` : `${found.length} variables are left out: each ${what}: ${listed(found.map(([name]) => name), verbose)}`,
    at: (verbose ? found : found.slice(0, 1)).map(([, { place }]) => place),
    hint: 'what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml',
  }));
}

const listed = (names: readonly string[], verbose: boolean): string => (verbose || names.length <= fewNames ? names.join(', ') : `${names.slice(0, fewNames).join(', ')} and ${names.length - fewNames} more (\`plinth list --verbose\` names all)`);
