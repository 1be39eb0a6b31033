import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory/index.ts';
import { folderWith, free, load } from './given.ts';

describe('reach', () => {
  it('says nothing that the inventory does not say', async () => {
    expect(await (await load('hosts: { node1: }', free)).reach('node1')).toEqual({ host: 'node1', transport: 'auto' });
  });

  it('takes settings from all layers, paths from the folder of the file that says them', async () => {
    const cwd = await folderWith({
      'inventory/lab.yaml': `ssh: { user: admin, identityFile: keys/lab, connectTimeout: 10s, config: none, knownHosts: [~/.ssh/lab_hosts, /etc/hosts_of_ssh] }
groups:
  workers:
    hosts: { 'node[1:2]': { ssh: { address: '10.0.0.1[1:2]', port: 2222 } } }
    ssh: { user: worker, become: false, proxyJump: 'admin@bastion:2200', transport: openssh, connectRetries: 3, reconnectTimeout: 2m, hostKeys: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI }
hosts: { node2: { ssh: { user: root, password: !secret env:PW, becomePassword: !secret env:SUDO, passphrase: !secret env:PP } } }
`,
      'other/more.yaml': 'hosts: { node1: { ssh: { identityFiles: [k1, ~/k2], proxyJump: none, config: ssh_config } } }\n',
    });
    const inventory = await loadInventory(['inventory/lab.yaml', 'other/more.yaml'], free, { cwd, env: { HOME: '/home/me', PW: 'pw', SUDO: 'sudo', PP: 'pp' } });
    expect(await inventory.reach('node1')).toEqual({
      host: 'node1', transport: 'openssh', address: '10.0.0.11', port: 2222, user: 'worker', identityFiles: [`${cwd}/other/k1`, '/home/me/k2'], become: false, proxyJump: 'none',
      hostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI'], knownHostsFiles: ['/home/me/.ssh/lab_hosts', '/etc/hosts_of_ssh'], sshConfig: `${cwd}/other/ssh_config`, connectTimeout: 10_000, connectRetries: 3, reconnectTimeout: 120_000,
    });
    expect(await inventory.reach('node2')).toMatchObject({ address: '10.0.0.12', user: 'root', identityFiles: [`${cwd}/inventory/keys/lab`], proxyJump: 'admin@bastion:2200', sshConfig: 'none', password: 'pw', becomePassword: 'sudo', passphrase: 'pp' });
  });

  it('fails for a secret that cannot be had, and for a host that does not exist', async () => {
    const inventory = await load('ssh: { password: !secret env:PW }\nhosts: { a: }\n', free);
    await expect(inventory.reach('a')).rejects.toThrow('the environment has no PW');
    await expect(inventory.reach('b')).rejects.toThrow('there is no host "b"');
  });
});
