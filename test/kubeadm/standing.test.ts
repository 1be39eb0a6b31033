import { describe, expect, it } from 'vitest';
import { parseState } from '../../src/modules/kubeadm/state/parse.ts';
import { memberAt, standingOf } from '../../src/modules/kubeadm/state/standing.ts';

const full = ['kubelet.conf', 'admin.conf', 'pki/ca.crt', 'pki/apiserver-etcd-client.crt', 'manifests/kube-apiserver.yaml', 'manifests/kube-controller-manager.yaml', 'manifests/kube-scheduler.yaml', 'manifests/etcd.yaml', 'config.yaml', 'etcd', 'certificate'];
const files = (...names: string[]): string => names.map((name) => `file ${name}\n`).join('');
const member = (id: string, address: string, more = ''): string => `{"ID":"${id}","name":"n","peerURLs":["https://${address}:2380"]${more}}`;
const well = 'api 0 yes\nobject 200 https://kubernetes:6443/livez\nobject 200 https://kubernetes:6443/api/v1/nodes/n1\nlabelled\nobject 200 https://kubernetes:6443/api/v1/namespaces/kube-public/configmaps/cluster-info\n';
const standing = (text: string, role: 'controlPlane' | 'worker' = 'controlPlane') => standingOf(parseState(`name n1\ncurl yes\nkubelet active\n${text}`), { nodeIp: '10.0.0.11' }, role);
const voters = `members {"header":{},"members":[${member('9372538179322589801', '10.0.0.11')},${member('18249187646912138824', '10.0.0.12')}]}\n`;

describe('what a node is', () => {
  it('ids of etcd keep their 64 bits', () => {
    expect(parseState(voters).members?.map(({ id }) => id)).toEqual(['9372538179322589801', '18249187646912138824']);
  });

  it('addresses of members are compared whole, in both families', () => {
    const { members } = parseState(`members {"members":[${member('1', '10.0.0.111')},${member('2', '[fd00::1]')}]}`);
    expect(memberAt(members, '10.0.0.11')).toBeUndefined();
    expect(memberAt(members, 'fd00::1')?.id).toBe('2');
  });

  it.each([
    ['nothing', 'peer 10.0.0.12 closed\nendpoint endpoint silent\n', { is: 'blank' }],
    ['only the pod of kube-vip, or a CA of the operator', files('pki/ca.crt'), { is: 'blank' }],
    ['nothing, and a cluster at a peer', 'peer 10.0.0.12 cluster\nendpoint endpoint silent\n', { is: 'beside', at: ['10.0.0.12'] }],
    ['nothing, and a cluster at the endpoint', 'endpoint endpoint cluster\n', { is: 'beside', at: ['the endpoint'] }],
    ['all, and well', files(...full) + well + voters, { is: 'member' }],
    ['all, and well, with etcd elsewhere', files(...full.filter((name) => !name.includes('etcd'))) + well, { is: 'member' }],
    ['all, and its API silent, the others well', `${files(...full)}api 7 no\npeer 10.0.0.12 ours\n${voters}`, { is: 'down' }],
    ['all, and everything silent: a cold start', `${files(...full)}api 7 no\npeer 10.0.0.12 closed\nendpoint endpoint silent\n`, { is: 'down' }],
    ['all but the certificate of the kubelet, nobody else', `${files(...full.filter((name) => name !== 'certificate'), 'super-admin.conf')}api 7 no\npeer 10.0.0.12 closed\n`, { is: 'half initialised' }],
    ['all, well, alone, without what joins need', `${files(...full, 'super-admin.conf')}${well.replace('200 https://kubernetes:6443/api/v1/namespaces/kube-public', '404 https://kubernetes:6443/api/v1/namespaces/kube-public')}members {"members":[${member('1', '10.0.0.11')}]}\n`, { is: 'half initialised' }],
    ['all, well, not marked, alone', `${files(...full)}${well.replace('labelled\n', '')}members {"members":[${member('1', '10.0.0.11')}]}\n`, { is: 'half initialised' }],
    ['all, well, not marked, with others', `${files(...full)}${well.replace('labelled\n', '')}${voters}`, { is: 'half joined', isVoter: true }],
    ['a learner beside a cluster', `${files(...full)}api 7 no\npeer 10.0.0.12 ours\nmembers {"members":[${member('1', '10.0.0.11', ',"isLearner":true')},${member('2', '10.0.0.12')}]}\n`, { is: 'half joined', isVoter: false }],
    ['files of a join before etcd', `${files('kubelet.conf', 'admin.conf', 'pki/ca.crt', 'pki/apiserver-etcd-client.crt')}peer 10.0.0.12 ours\nmembers {"members":[${member('2', '10.0.0.12')}]}\n`, { is: 'half joined', isVoter: false }],
  ])('%s', (_, text, expected) => {
    expect(standing(text)).toEqual(expected);
  });

  it.each([
    ['nothing', 'endpoint endpoint closed\n', { is: 'blank' }],
    ['a CA left by a join', `${files('pki/ca.crt')}endpoint endpoint ours\n`, { is: 'half joined', isVoter: false }],
    ['all', `${files('kubelet.conf', 'pki/ca.crt', 'config.yaml', 'certificate')}api 0 yes\nobject 200 https://10.0.0.100:6443/livez\nobject 200 https://10.0.0.100:6443/api/v1/nodes/n1\n`, { is: 'member' }],
    ['all, refused by the API', `${files('kubelet.conf', 'pki/ca.crt', 'config.yaml', 'certificate')}api 0 no\nobject 401 https://10.0.0.100:6443/livez\nobject 401 https://10.0.0.100:6443/api/v1/nodes/n1\n`, { is: 'half joined', isVoter: false }],
    ['all, and nobody answers', `${files('kubelet.conf', 'pki/ca.crt', 'config.yaml', 'certificate')}api 28 no\nobject 000 https://10.0.0.100:6443/livez\nendpoint endpoint silent\n`, { is: 'member' }],
  ])('a worker with %s', (_, text, expected) => {
    expect(standing(text, 'worker')).toEqual(expected);
  });

  it('a node of another cluster is told from one whose peers are down', () => {
    expect(standing(`${files(...full)}api 7 no\npeer 10.0.0.12 foreign\nendpoint endpoint closed\n`)).toMatchObject({ is: 'unfit', final: true, what: 'this node belongs to another cluster' });
    expect(standing(`${files('kubelet.conf', 'pki/ca.crt', 'config.yaml', 'certificate')}api 60 no\n`, 'worker')).toMatchObject({ is: 'unfit', what: 'this node belongs to another cluster' });
  });

  it('without curl a node with files of Kubernetes is not judged', () => {
    expect(standingOf(parseState(`name n1\ncurl no\n${files('kubelet.conf')}`), { nodeIp: '10.0.0.11' }, 'worker')).toMatchObject({ is: 'unfit', what: 'whether this node is well cannot be known without curl' });
    expect(standingOf(parseState('name n1\ncurl no\n'), { nodeIp: '10.0.0.11' }, 'worker')).toEqual({ is: 'blank' });
  });
});
