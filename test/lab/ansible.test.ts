import { beforeAll, describe, expect, it } from 'vitest';
import { endOf } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('ansible', { nodes: 2 });

/** As somebody has it who knows nothing of Plinth: groups of groups, variables in folders, other roles' variables, a template. */
beforeAll(() => {
  const [cp, w1] = [nodes.host('node1'), nodes.host('node2')];
  const line = ({ address, port }: typeof cp): string => `ansible_host=${address} ansible_port=${port}`;
  nodes.write('ansible/hosts.ini', `[master]\ncp ${line(cp)}\n\n[node]\nw1 ${line(w1)} times=3\n\n[k3s_cluster:children]\nmaster\nnode\n\n[k3s_cluster:vars]\nansible_ssh_private_key_file=${cp.identityFile}\n`);
  nodes.write('ansible/group_vars/all.yml', `ansible_user: ${cp.user}\nansible_become: yes\nansible_ssh_extra_args: "-o StrictHostKeyChecking=no"\nk3s_version: v1.30.2+k3s2\ngreeting: hello\nextra_args: "--node-ip={{ k3s_node_ip }}"\n`);
  nodes.write('ansible/group_vars/master.yml', 'greeting: hail\n');
  nodes.playbook('greet.ts');
});

describe('the inventory of a stranger', () => {
  it('is planned, applied, and has nothing left to change', async () => {
    const plan = await nodes.plinth('plan', 'greet.ts', '-i', 'ansible', '--accept-new', '--output', 'jsonl');
    expect(endOf(plan)).toMatchObject({ ok: true, pending: 4, errors: [] });
    expect(plan.stderr).toContain('the variable extra_args is a Jinja template');
    expect(plan.stderr).toContain('unknown to the schema of the fleet and left out: k3s_version');
    expect(endOf(await nodes.plinth('apply', 'greet.ts', '-i', 'ansible', '--output', 'jsonl'))).toMatchObject({ ok: true, changed: 4, errors: [] });
    expect(await nodes.everywhere('cat /srv/greet/text')).toEqual(['hail, 1 times', 'hello, 3 times']);
    expect(endOf(await nodes.plinth('apply', 'greet.ts', '-i', 'ansible', '--output', 'jsonl'))).toMatchObject({ ok: true, changed: 0, unchanged: 4, errors: [] });
  });

  it('leads to the same nodes once it is imported', async () => {
    expect((await nodes.plinth('inventory', 'import', 'ansible', '--out', 'fleet')).code).toBe(0);
    const { code, stdout } = await nodes.plinth('exec', 'k3s_cluster', '-i', 'fleet/hosts.yaml', '--output', 'jsonl', '--', 'cat', '/srv/greet/text');
    expect([code, stdout.includes('hail, 1 times'), stdout.includes('hello, 3 times')]).toEqual([0, true, true]);
  });
});
