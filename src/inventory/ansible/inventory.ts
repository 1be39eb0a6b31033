import type { Diagnostic } from '../../contract/index.ts';
import type { Place, Table } from '../source/tree.ts';

/** What Ansible sources say, before anything wins over anything: files in the order in which they are read. */
export interface AnsibleInventory {
  /** `all` is one of them. */
  readonly groups: Map<string, AnsibleGroup>;
  readonly hosts: Map<string, AnsibleHost>;
  readonly warnings: Diagnostic[];
  readonly complaints: Diagnostic[];
}

/** Variables by where they stand, the weakest first: in the inventory, in the vars folders beside it, in those beside playbooks. */
export interface Vars {
  readonly inFile: Table[];
  readonly inFolder: Table[];
  readonly inPlaybooks: Table[];
}

export interface AnsibleGroup extends Vars {
  readonly name: string;
  readonly at: Place;
  /** Listed by the group itself. */
  readonly hosts: Set<string>;
  readonly children: { readonly name: string; readonly at: Place }[];
  /** `ansible_group_priority`; Ansible's default is 1. */
  priority: number;
}

export interface AnsibleHost extends Vars {
  readonly name: string;
  readonly at: Place;
}

export const emptyAnsible = (): AnsibleInventory => ({ groups: new Map(), hosts: new Map(), warnings: [], complaints: [] });

/** The group of this name, begun at this place where it is new. */
export function groupNamed({ groups }: AnsibleInventory, name: string, at: Place): AnsibleGroup {
  const group = groups.get(name) ?? { name, at, hosts: new Set(), children: [], priority: 1, inFile: [], inFolder: [], inPlaybooks: [] };
  groups.set(name, group);
  return group;
}

/** The host of this name, begun at this place where it is new. */
export function hostNamed({ hosts }: AnsibleInventory, name: string, at: Place): AnsibleHost {
  const host = hosts.get(name) ?? { name, at, inFile: [], inFolder: [], inPlaybooks: [] };
  hosts.set(name, host);
  return host;
}

/** One complaint, with its place. */
export const ansibleDiagnostic = (at: Place | readonly Place[], summary: string, hint?: string): Diagnostic => ({ cause: 'inventory', summary, at: 'file' in at ? [at] : at, ...(hint === undefined ? {} : { hint }) });
