import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** Fixtures have the shapes of public projects; addresses and logins become those of the lab, and nothing else. */
describe('inventories as public projects write them, from the first look to nothing left to do', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const fixture = (name: string): string => {
    cpSync(join(root, 'test/inventory/ansible/fixtures', name), join(nodes.dir, name), { recursive: true });
    return name;
  };
  const edit = (file: string, change: (text: string) => string): string => nodes.write(file, change(readFileSync(join(nodes.dir, file), 'utf8')));
  const login = (): string => `ansible_ssh_private_key_file: ${nodes.host('node1').identityFile}\nansible_become: yes\n`;
  const at = (name: string): string => `ansible_host=${nodes.host(name).address} ansible_port=${nodes.host(name).port}`;

  it.each<readonly [string, () => string]>([
    [
      'k3s',
      () => {
        const folder = fixture('k3s');
        edit(join(folder, 'hosts.ini'), () => `[master]\n192.168.30.38 ${at('node1')}\n\n[node]\n192.168.30.42 ${at('node2')} k3s_node_ip=10.1.0.42   # a second interface\n\n[k3s_cluster:children]\nmaster\nnode\n`);
        edit(join(folder, 'group_vars/all.yml'), (text) => `${text.replace('ansibleuser', nodes.host('node1').user)}${login()}`);
        return folder;
      },
    ],
    [
      'spray',
      () => {
        const folder = fixture('spray');
        edit(join(folder, 'inventory.ini'), (text) => text.replace(/ansible_host=95\.54\.0\.12/, at('node1')).replace(/^node2 .*\n/m, '').replace(/^node\[3:4\].*\n/m, '').replace(/^node5 .*$/m, `node5 ${at('node2')} ansible_ssh_common_args='-o StrictHostKeyChecking=no -o ControlPersist=60s'`));
        edit(join(folder, 'group_vars/all/all.yml'), (text) => `${text}ansible_user: ${nodes.host('node1').user}\n${login().replace(/^ansible_become.*\n/m, '')}`);
        return folder;
      },
    ],
  ])('%s: prepare.ts', async (_, write) => {
    const folder = write();
    const run = (verb: 'plan' | 'apply') => nodes.plinth(verb, join(root, 'playbooks/prepare.ts'), '-i', folder, '--accept-new', '--output', 'jsonl');
    const plan = await run('plan');
    expect({ code: plan.code, errors: endOf(plan).errors }).toMatchObject({ errors: [] });
    const planned = endOf(plan).pending;
    const applied = endOf(await run('apply'));
    expect(applied).toMatchObject({ ok: true, hosts: 2, changed: planned, errors: [] });
    expect(endOf(await run('apply'))).toMatchObject({ ok: true, changed: 0, failed: 0, errors: [] });
  });
});
