import { type Refusal, refuse, type Script, sh } from '../../../contract/index.ts';
import { memberAt } from '../state/standing.ts';
import type { Member } from '../state/parse.ts';
import type { NodeToBe } from '../kubeadmToken/args.ts';
import type { ClusterMembers } from './clusterMembers.ts';

/** A member of etcd that goes, and of whom. */
export interface Removal {
  readonly node: string;
  readonly member: Member;
}

export const memberOf = (found: ClusterMembers, { name, address }: NodeToBe): Member | undefined => memberAt(found.members, address) ?? found.members?.find((member) => member.name === name);

export const isHealthy = (found: Pick<ClusterMembers, 'healthy'>, { peerUrls }: Member): boolean => found.healthy.some((address) => memberAt([{ id: '', name: '', isLearner: false, peerUrls }], address) !== undefined);

/**
 * Whether etcd can lose these members, one after another: a majority of the voters must agree to each, and of those that
 * remain a majority must be well. Learners have no vote.
 */
export function quorumLost(found: ClusterMembers, removals: readonly Removal[]): Refusal | undefined {
  let voters = (found.members ?? []).filter((member) => !member.isLearner);
  for (const { node, member } of removals) {
    if (member.isLearner) continue;
    const well = voters.filter((one) => isHealthy(found, one));
    const left = voters.filter(({ id }) => id !== member.id);
    const wellLeft = well.filter(({ id }) => id !== member.id);
    if (left.length === 0) return refuse(`${node} is the last member of etcd`, 'without it there is no cluster', { hint: 'To end the cluster, reset its nodes without `leave`.' });
    const [needed, neededLeft] = [majority(voters.length), majority(left.length)];
    if (well.length < needed) return refuse(`the member of ${node} cannot be taken out of etcd: there is no quorum`, `${well.length} of ${voters.length} voters are well (${names(well)}), and ${needed} must agree`, { hint: 'Bring the other control planes up first.' });
    if (wellLeft.length < neededLeft) return refuse(`taking the member of ${node} out of etcd would cost the quorum`, `of the ${left.length} voters that remain ${wellLeft.length} are well (${names(wellLeft)}), and ${neededLeft} are needed`, { hint: 'Bring the other control planes up first.' });
    voters = left;
  }
  return undefined;
}

const majority = (voters: number): number => Math.floor(voters / 2) + 1;
const names = (members: readonly Member[]): string => members.map(({ name, peerUrls }) => name || peerUrls.join(' ')).join(', ') || 'none';

/** Stands behind `localApi`. Ids travel as decimal strings: they have 64 bits. */
export const removeMember = ({ node, member }: Removal): Script => sh`echo ${`taking the member of ${node} (${BigInt(member.id).toString(16)}) out of etcd`}
said=$(etcd 127.0.0.1 /v3/cluster/member/remove ${JSON.stringify({ ID: member.id })})
case $said in *'"members"'*) ;; *) echo ${`etcd did not take out the member of ${node}: `}"$said" >&2; exit 1;; esac`;

export const deleteNode = (name: string): Script => sh`echo ${`deleting the Node object ${name}`}
remove ${`/api/v1/nodes/${name}`}`;
