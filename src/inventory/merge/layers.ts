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
  /** Its variables replace those of weaker words even where both are maps, as with Ansible. */
  readonly whole?: true;
}

/**
 * Everything said about a host: all < groups, parents first, then by depth, priority and order < the host itself.
 * What Ansible says of all, of groups and of hosts each gives way to what files of ours say of the same.
 */
export function layersOf(host: HostDraft, draft: Draft, tree: GroupTree, section: 'vars' | 'ssh'): readonly Word[] {
  const words: Word[] = [];
  const say = (name: string, rank: string, owner: string, parts: readonly Part[], ansible?: Part['ansible']): void => {
    for (const part of parts) {
      const said = part[section];
      if (!said || part.ansible !== ansible) continue;
      // Of Ansible's words the order decides, so none is another's equal; and a map replaces a map.
      words.push(ansible === undefined ? { layer: { name, rank, owner }, tree: said } : { layer: { name, rank: `ansible ${words.length}`, owner }, tree: said, whole: true });
    }
  };
  const groups = groupsOf(host, draft, tree);
  const byName = groups.toSorted((a, b) => strength(a, b, draft, tree) || (a < b ? -1 : 1));
  const sayAll = (ansible?: Part['ansible']): void => say('all', 'all', 'all', draft.all, ansible);
  const sayGroups = (names: readonly string[], ansible?: Part['ansible']): void => {
    for (const name of names) {
      const group = draft.groups.get(name);
      if (group) say(`group ${name}`, `depth ${tree.depth(name)} priority ${group.priority}`, name, group.parts, ansible);
    }
  };
  const sayHost = (ansible?: Part['ansible']): void => {
    for (const part of host.parts.toSorted((a, b) => a.exactness - b.exactness)) say(`host ${host.name}`, `exactness ${part.exactness}`, part.owner, [part], ansible);
  };
  sayAll('file');
  sayGroups(byName, 'file');
  sayAll('folder');
  sayAll('playbooks');
  sayAll();
  sayGroups(byName, 'folder');
  sayGroups(byName, 'playbooks');
  sayGroups(groups);
  sayHost('file');
  sayHost('folder');
  sayHost('playbooks');
  sayHost();
  return words;
}

/** Every group of a host, the weakest first. */
export function groupsOf(host: HostDraft, draft: Draft, tree: GroupTree): readonly string[] {
  const names = new Set([...host.groups].flatMap((name) => [...tree.ancestry(name)]));
  return [...draft.groups.keys()].filter((name) => names.has(name)).sort((a, b) => strength(a, b, draft, tree));
}

/** Below 0 where the first is the weaker. */
const strength = (a: string, b: string, { groups }: Draft, { depth }: GroupTree): number => depth(a) - depth(b) || (groups.get(a)?.priority ?? 0) - (groups.get(b)?.priority ?? 0);
