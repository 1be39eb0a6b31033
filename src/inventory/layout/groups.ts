import { type Diagnostic, PlinthError } from '../../contract/index.ts';
import { nearest } from '../../contract/nearest.ts';
import type { Draft, GroupDraft } from './draft.ts';

/** How groups hang together. */
export interface GroupTree {
  /** A group and all that hold it. */
  ancestry(name: string): ReadonlySet<string>;
  /** Longest way down from a group that no other holds. */
  depth(name: string): number;
}

/** @throws PlinthError for children that do not exist and for groups that hold themselves. */
export function groupTree(draft: Draft): GroupTree {
  const parents = new Map<string, string[]>();
  const complaints: Diagnostic[] = [];
  for (const group of draft.groups.values()) {
    for (const child of group.children) {
      if (!draft.groups.has(child.name)) complaints.push(unknownChild(draft, child));
      parents.set(child.name, [...(parents.get(child.name) ?? []), group.name]);
    }
  }
  if (complaints.length > 0) throw new PlinthError(complaints);
  refuseCycles(draft);

  const ancestries = new Map<string, ReadonlySet<string>>();
  const ancestry = (name: string): ReadonlySet<string> => {
    const known = ancestries.get(name);
    if (known) return known;
    const found = new Set([name, ...(parents.get(name) ?? []).flatMap((parent) => [...ancestry(parent)])]);
    ancestries.set(name, found);
    return found;
  };
  const depths = new Map<string, number>();
  const depth = (name: string): number => {
    const found = depths.get(name) ?? Math.max(0, ...(parents.get(name) ?? []).map((parent) => depth(parent) + 1));
    depths.set(name, found);
    return found;
  };
  return { ancestry, depth };
}

function unknownChild(draft: Draft, child: GroupDraft['children'][number]): Diagnostic {
  const meant = nearest(child.name, draft.groups.keys());
  const hint = meant ? `did you mean "${meant}"?` : draft.hosts.has(child.name) ? `${child.name} is a host: list it under "hosts"` : `groups here: ${[...draft.groups.keys()].join(', ')}`;
  return { cause: 'inventory', summary: `${child.at.path}: there is no group "${child.name}"`, at: [child.at], hint };
}

function refuseCycles(draft: Draft): void {
  const done = new Set<string>();
  const visit = (group: GroupDraft, way: readonly { readonly name: string; readonly at: GroupDraft['at'] }[]): void => {
    const start = way.findIndex((step) => step.name === group.name);
    if (start >= 0) {
      const cycle = way.slice(start);
      throw new PlinthError({
        cause: 'inventory',
        summary: `groups hold each other: ${[...cycle.map((step) => step.name), group.name].join(' → ')}`,
        at: cycle.map((step) => step.at),
        hint: 'take one of them out of the children of the other',
      });
    }
    if (done.has(group.name)) return;
    for (const child of group.children) {
      const next = draft.groups.get(child.name);
      if (next) visit(next, [...way, { name: group.name, at: child.at }]);
    }
    done.add(group.name);
  };
  for (const group of draft.groups.values()) visit(group, []);
}
