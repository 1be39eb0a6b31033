import { type Check, sh } from '../contract/index.ts';
import { asking, count, failed, heard, ok, skipped } from './ask.ts';
import type { ExpectedNode } from './input.ts';

const certs = '/etc/kubernetes/pki/etcd';

/** Members are the control planes, and all of them vote. IDs stay the hexadecimal texts that they are: they are too big for numbers. */
export const etcdVoters = (nodes: readonly ExpectedNode[]): Check => ({
  name: 'etcd has one voter for each control plane',
  reading: asking(sh`flags=${`--endpoints=https://127.0.0.1:2379 --cacert=${certs}/ca.crt --cert=${certs}/server.crt --key=${certs}/server.key`}
if [ ! -e ${`${certs}/server.crt`} ]; then echo external; exit 0; fi
pods=$(k get pods -n kube-system -l component=etcd -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.nodeName}{"\n"}{end}')
pod=$(printf '%s\n' "$pods" | awk -v node="$(hostname)" '$2 == node || NR == 1 { found = $1 } $2 == node { exit } END { print found }')
if command -v etcdctl >/dev/null 2>&1; then ETCDCTL_API=3 etcdctl $flags member list -w simple
elif [ -n "$pod" ]; then k exec -n kube-system "$pod" -- etcdctl $flags member list -w simple
else echo 'no pod of etcd is there'; exit 1; fi`),
  judge: heard((lines) => {
    if (lines[0] === 'external') return skipped('etcd is not run by kubeadm here');
    const members = lines.flatMap((line) => {
      const [id = '', status = '', name = '', , , learner = ''] = line.split(',').map((part) => part.trim());
      return /^[0-9a-f]+$/.test(id) ? [{ id, status, name, isLearner: learner === 'true' }] : [];
    });
    const wanted = nodes.filter(({ role }) => role === 'controlPlane').map(({ name }) => name);
    const problems = [
      ...wanted.filter((name) => !members.some((one) => one.name === name)).map((name) => `${name} is no member`),
      ...members.filter(({ name }) => wanted.length > 0 && !wanted.includes(name)).map(({ id, name }) => `member ${id} (${name || 'without a name'}) is no control plane`),
      ...members.filter(({ status }) => status !== 'started').map(({ id, name, status }) => `member ${id} (${name}) is ${status}`),
      ...members.filter(({ isLearner }) => isLearner).map(({ id, name }) => `member ${id} (${name}) is a learner: it does not vote`),
    ];
    if (problems.length > 0) return failed(problems.join('\n'), 'A member that is left over: etcdctl member remove ID, on a healthy control plane.');
    return ok(`${count(members.length, 'member')}, all voters: ${members.map(({ name }) => name).join(', ')}`);
  }),
});
