import { describe, expect, it } from 'vitest';
import { quorumLost } from '../../src/modules/kubeadm/members/removal.ts';
import type { Member } from '../../src/modules/kubeadm/state/parse.ts';

const member = (n: number, isLearner = false): Member => ({ id: `1844674407370955160${n}`, name: `n${n}`, peerUrls: [`https://10.0.0.${n}:2380`], isLearner });
const ask = (members: readonly Member[], healthy: readonly number[], gone: readonly number[]) =>
  quorumLost({ isWell: true, name: 'n1', members, healthy: healthy.map((n) => `10.0.0.${n}`), nodes: [], kubelets: [] }, gone.map((n) => ({ node: `n${n}`, member: members.find(({ name }) => name === `n${n}`) ?? member(n) })));
const of = (count: number): Member[] => Array.from({ length: count }, (_, n) => member(n + 1));

describe('the quorum of etcd', () => {
  it.each([
    ['a dead one of three goes', 3, [1, 2], [3]],
    ['a dead one of two cannot', 2, [1], [2], '1 of 2 voters are well (n1), and 2 must agree'],
    ['a healthy one of two goes', 2, [1, 2], [2]],
    ['a healthy one of three with a dead one cannot', 3, [1, 2], [2], 'of the 2 voters that remain 1 are well (n1), and 2 are needed'],
    ['two dead ones of five go, one after another', 5, [1, 2, 3], [4, 5]],
    ['with three dead ones of five nobody goes', 5, [1, 2], [3], '2 of 5 voters are well (n1, n2), and 3 must agree'],
    ['the last one stays', 1, [1], [1], 'without it there is no cluster'],
  ])('%s', (_, count, healthy, gone, evidence?: string) => {
    expect(ask(of(count), healthy, gone)?.evidence).toBe(evidence);
  });

  it('does not count learners', () => {
    expect(ask([member(1), member(2, true)], [1, 2], [2])).toBeUndefined();
    expect(ask([member(1), member(2, true)], [1, 2], [1])?.what).toBe('n1 is the last member of etcd');
  });
});
