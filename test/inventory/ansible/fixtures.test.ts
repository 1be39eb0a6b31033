import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../../src/inventory/index.ts';
import { warningsOf } from '../given.ts';
import { anything, asking, fixture, varsOf } from './given.ts';

describe('the shape of k3s-ansible', () => {
  it('is read from its folder', async () => {
    const inventory = await loadInventory('k3s', anything, { cwd: await fixture('k3s'), env: {} });
    expect(inventory.groups).toEqual({
      all: ['192.168.30.38', '192.168.30.39', '192.168.30.40', '192.168.30.41', '192.168.30.42'],
      master: ['192.168.30.38', '192.168.30.39', '192.168.30.40'],
      node: ['192.168.30.41', '192.168.30.42'],
      k3s_cluster: ['192.168.30.38', '192.168.30.39', '192.168.30.40', '192.168.30.41', '192.168.30.42'],
    });
    expect(varsOf(inventory)['192.168.30.42']).toEqual({
      k3s_version: 'v1.30.2+k3s2',
      systemd_dir: '/etc/systemd/system',
      system_timezone: 'Your/Timezone',
      flannel_iface: 'eth0',
      apiserver_endpoint: '192.168.30.222',
      k3s_token: 'some-token',
      k3s_node_ip: '10.1.0.42',
      kube_vip_arp: true,
      metal_lb_ip_range: '192.168.30.80-192.168.30.90',
      proxmox_lxc_configure: false,
      proxmox_lxc_ct_ids: [200, 201],
      custom_registries: false,
    });
    expect(await inventory.reach('192.168.30.41')).toEqual({ host: '192.168.30.41', transport: 'auto', user: 'ansibleuser' });
    expect(warningsOf(inventory)).toMatchInlineSnapshot(`
      [
        "k3s/group_vars/proxmox.yml:1:1: group_vars/proxmox.yml: there is no group "proxmox"
        → its variables count for nobody",
        "k3s/group_vars/all.yml:17:14: 3 variables are left out: each is a Jinja template, and templates are not evaluated here: k3s_node_ip, k3s_master_taint, extra_args
        → what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml",
      ]
    `);
  });
});

describe('the shape of kubespray', () => {
  it('is read from its file, with folders of group_vars', async () => {
    const inventory = await loadInventory('spray/inventory.ini', anything, { cwd: await fixture('spray'), env: {} });
    expect(inventory.groups).toEqual({ all: ['node1', 'node2', 'node3', 'node4', 'node5'], kube_control_plane: ['node1', 'node2'], etcd: ['node1', 'node2'], kube_node: ['node3', 'node4', 'node5'], k8s_cluster: ['node1', 'node2', 'node3', 'node4', 'node5'] });
    // group_vars/all wins over [k8s_cluster:vars], and group_vars/k8s_cluster over both.
    expect(varsOf(inventory)['node1']).toMatchObject({ bin_dir: '/usr/local/bin', kube_proxy_mode: 'ipvs', upgrade_cluster_setup: false, ip: '10.3.0.1', kube_cert_mode: 0o640, etcd_deployment_type: 'host', kubelet_config_extra_args: {} });
    expect(varsOf(inventory)['node3']).not.toHaveProperty('etcd_deployment_type');
    expect(await inventory.reach('node5')).toEqual({ host: 'node5', transport: 'auto', address: '95.54.0.16', port: 2222, become: true, proxyJump: 'bastion@95.54.0.2' });
    expect(warningsOf(inventory)).toMatchInlineSnapshot(`
      [
        "spray/inventory.ini:11:49: ansible_ssh_common_args: host keys are verified here all the same
        → \`--accept-new\` trusts hosts that are not known yet, once; pinned keys go into \`ssh: { hostKeys: ... }\`",
        "spray/group_vars/k8s_cluster/k8s-cluster.yml:3:18: 2 variables are left out: each is a Jinja template, and templates are not evaluated here: kube_script_dir, credentials_dir
        → what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml",
      ]
    `);
  });

  it('explains every word, with its place', async () => {
    const inventory = await loadInventory('spray/inventory.ini', anything, { cwd: await fixture('spray'), env: {} });
    expect(inventory.explain('node1', 'kube_proxy_mode')).toEqual([
      {
        section: 'vars',
        name: 'kube_proxy_mode',
        path: ['kube_proxy_mode'],
        value: 'ipvs',
        sources: [
          { layer: 'group k8s_cluster', at: { file: 'spray/inventory.ini', line: 19, col: 1 }, value: 'iptables', won: false },
          { layer: 'group k8s_cluster', at: { file: 'spray/group_vars/k8s_cluster/k8s-cluster.yml', line: 6, col: 18 }, value: 'ipvs', won: true },
        ],
      },
    ]);
  });
});

describe('the shape of pi-cluster', () => {
  it('is read from YAML, with host_vars and the vault named', async () => {
    const inventory = await loadInventory('pi/inventory.yml', anything, { cwd: await fixture('pi'), env: { HOME: '/home/op' } });
    expect(inventory.hosts.map(({ name }) => name)).toEqual(['gateway', 'pimaster', 's3', 'node1', 'node2', 'khazad-dum']);
    expect(inventory.groups['raspberrypi']).toEqual(['gateway', 'node1', 'node2']);
    const vars = varsOf(inventory);
    expect([vars['gateway']?.['default_mtu'], vars['pimaster']?.['default_mtu'], vars['s3']?.['default_mtu'], vars['node1']?.['default_mtu']]).toEqual([1280, 1400, 1500, 9000]);
    // A map replaces a map, as with Ansible.
    expect(vars['node1']?.['features']).toEqual({ bgp: false });
    expect(vars['s3']?.['features']).toEqual({ bgp: true, ipv6: false });
    expect(vars['gateway']?.['firewall']).toEqual({ allow: [22, 53], mode: '0600' });
    expect(await inventory.reach('pimaster')).toMatchObject({ transport: 'local' });
    expect(await inventory.reach('node1')).toEqual({ host: 'node1', transport: 'auto', address: '10.0.0.11', user: 'ricsanfre', identityFiles: ['/home/op/.ssh/ricsanfre'] });
    expect(warningsOf(inventory)).toMatchInlineSnapshot(`
      [
        "pi/host_vars/gateway/vault.yml:1:1: this file is encrypted by Ansible's vault and was not read
        → what is needed of it goes into a Plinth file beside (-i INVENTORY -i more.yaml), secrets as \`!secret env:NAME\`; \`ansible-vault view pi/host_vars/gateway/vault.yml\` shows it",
        "pi/group_vars/all.yml:3:25: ansible_ssh_extra_args: host keys are verified here all the same
        → \`--accept-new\` trusts hosts that are not known yet, once; pinned keys go into \`ssh: { hostKeys: ... }\`",
        "pi/inventory.yml:36:11: ansible-host: this variable counts for nothing
        → did you mean ansible_host?",
        "pi/group_vars/all.yml:7:11: the variable ssl_cert is a Jinja template, and templates are not evaluated here; it is left out
        → what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml",
        "pi/group_vars/k3s_cluster.yml:5:19: the variable k3s_token is encrypted by Ansible's vault, which cannot be opened here; it is left out
        → what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml",
      ]
    `);
  });

  it('gives a schema what it asks for, and says what else there is', async () => {
    const inventory = await loadInventory('pi', asking, { cwd: await fixture('pi'), env: {} });
    expect(varsOf(inventory)['node1']).toEqual({ timezone: 'Europe/Madrid' });
    expect(warningsOf(inventory).at(-2)).toMatchInlineSnapshot(`
      "pi/group_vars/all.yml:5:1: 11 variables of the Ansible inventory are unknown to the schema of the fleet and left out: dns_domain, git_branch, storage_type, default_mtu, features, hostname, ip, mac and 3 more (\`plinth list --verbose\` names all)
        → declare in schema.ts what playbooks are to see"
    `);
    const verbose = await loadInventory('pi', asking, { cwd: await fixture('pi'), env: {}, verbose: true });
    expect(warningsOf(verbose).at(-2)).toContain('firewall');
  });
});
