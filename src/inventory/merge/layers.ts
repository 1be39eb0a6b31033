import type { Draft, HostDraft, Part } from '../layout/draft.ts';
import type { GroupTree } from '../layout/groups.ts';
import type { Tree } from '../source/tree.ts';

/** Whose word a value is. */
export interface Layer {
  /** `all`, `group workers`, `host node1`. */
  readonly name: string;
  /** Layers of one rank may not contradict each other, unless they are one owner's words in several files. */
  readonly rank: string;
  readonly owner: string;
}

/** What one layer says, in the order of strength: the last wins. */
export interface Word {
  readonly layer: Layer;
  readonly tree: Tree;
}

/** Everything said about a host: all < groups, parents first, then by depth, priority and order < the host itself. */
export function layersOf(host: HostDraft, draft: Draft, tree: GroupTree, section: 'vars' | 'ssh'): readonly Word[] {
  const words: Word[] = [];
  const say = (layer: Layer, parts: readonly Part[]): void => {
    for (const part of parts) {
      const said = part[section];
      if (said) words.push({ layer, tree: said });
    }
  };
  say({ name: 'all', rank: 'all', owner: 'all' }, draft.all);
  for (const name of groupsOf(host, draft, tree)) {
    const group = draft.groups.get(name);
    if (group) say({ name: `group ${name}`, rank: `depth ${tree.depth(name)} priority ${group.priority}`, owner: name }, group.parts);
  }
  for (const part of [...host.parts].sort((a, b) => a.exactness - b.exactness)) {
    say({ name: `host ${host.name}`, rank: `exactness ${part.exactness}`, owner: part.owner }, [part]);
  }
  return words;
}

/** Every group of a host, the weakest first. */
export function groupsOf(host: HostDraft, draft: Draft, tree: GroupTree): readonly string[] {
  const names = new Set([...host.groups].flatMap((name) => [...tree.ancestry(name)]));
  const priority = (name: string): number => draft.groups.get(name)?.priority ?? 0;
  return [...draft.groups.keys()].filter((name) => names.has(name)).sort((a, b) => tree.depth(a) - tree.depth(b) || priority(a) - priority(b));
}
