import { hostSshSchema, type SshSettings } from './layout/ssh.ts';
import type { Draft, HostDraft } from './layout/draft.ts';
import type { GroupTree } from './layout/groups.ts';
import { groupsOf, layersOf } from './merge/layers.ts';
import { type Conflict, merge, type Merged, valueOf } from './merge/merge.ts';

/** A host with everything that was said about it, merged. */
export interface MergedHost {
  readonly host: HostDraft;
  /** Every group it is in, the weakest first. */
  readonly groups: readonly string[];
  readonly vars: Merged | undefined;
  readonly sshMerged: Merged | undefined;
  readonly ssh: SshSettings;
  readonly conflicts: readonly Conflict[];
}

export const mergeHosts = (draft: Draft, tree: GroupTree): readonly MergedHost[] =>
  [...draft.hosts.values()].map((host) => {
    const inVars: Conflict[] = [];
    const inSsh: Conflict[] = [];
    const vars = merge(layersOf(host, draft, tree, 'vars'), inVars);
    const sshMerged = merge(layersOf(host, draft, tree, 'ssh'), inSsh);
    // Each setting was checked where it stands, and settings do not depend on each other, so the merged ones hold too.
    const ssh = hostSshSchema.parse(sshMerged ? valueOf(sshMerged) : {});
    return { host, groups: groupsOf(host, draft, tree), vars, sshMerged, ssh, conflicts: [...inVars, ...inSsh.map((conflict) => ({ ...conflict, path: ['ssh', ...conflict.path] }))] };
  });
