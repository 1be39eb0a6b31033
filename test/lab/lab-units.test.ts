import { describe, expect, it } from 'vitest';
import { codenameOf, debianSources, showSources } from '../../src/lab/apt/debian-sources.ts';
import { nodeApt } from '../../src/lab/apt/node-apt.ts';
import { parseDeb822, parseOneLine } from '../../src/lab/apt/parse-sources.ts';
import { type Apt, readProxies } from '../../src/lab/apt/read-apt.ts';
import { labInventory, inventoryYaml, knownHosts, sshConfig } from '../../src/lab/inventory.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { locate } from '../../src/lab/locate.ts';
import { prerequisites, requirePrerequisites } from '../../src/lab/prerequisites.ts';
import { presentModules } from '../../src/lab/safety/kernel-view.ts';
import { chooseNet, layOut } from '../../src/lab/topology.ts';

const deb822 = `# a comment
Types: deb
# an older mirror
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates bookworm-backports
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb deb-src
URIs: https://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://vendor.example/debian
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/vendor.gpg

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

const aptOf = (sources: string, proxies: Apt['proxies'] = {}): Apt => ({ own: 'bookworm', sources: (suite) => debianSources(parseDeb822(sources), suite), conf: [], proxies });

describe("the machine's apt sources", () => {
  it('reads deb822 stanzas, and leaves out what is disabled, foreign or not wanted on a node', () => {
    const sources = debianSources(parseDeb822(deb822), 'bookworm');
    expect(sources).toEqual([
      { uris: ['http://mirror.example/debian'], suites: ['bookworm', 'bookworm-updates'], components: ['main'], signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg' },
      { uris: ['https://mirror.example/debian-security'], suites: ['bookworm-security'], components: ['main'], signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg' },
    ]);
  });

  it('reads one-line sources with and without options', () => {
    const text = 'deb http://a.example/debian bookworm main contrib # why\n# deb http://no.example/debian bookworm main\ndeb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://b.example/d bookworm-updates main\ndeb-src http://a.example/debian bookworm main\n';
    expect(parseOneLine(text)).toEqual([
      { uris: ['http://a.example/debian'], suites: ['bookworm'], components: ['main', 'contrib'] },
      { uris: ['http://b.example/d'], suites: ['bookworm-updates'], components: ['main'], signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg' },
    ]);
  });

  it('serves another release from the same mirrors', () => {
    expect(showSources(debianSources(parseDeb822(deb822), 'trixie'))).toContain('Suites: trixie trixie-updates');
  });

  it('knows the release, and that a machine of another distribution has none', () => {
    expect(codenameOf(parseDeb822(deb822))).toBe('bookworm');
    expect(codenameOf(parseOneLine('deb http://archive.example/ubuntu noble main universe\n'))).toBeUndefined();
  });

  it("takes proxies from apt's configuration first, then from the environment", () => {
    const env = { http_proxy: 'http://env.example:1', https_proxy: 'http://env.example:2' };
    expect(readProxies('Acquire::http::Proxy "http://apt.example:3142";\n', env)).toEqual({ http: 'http://apt.example:3142', https: 'http://env.example:2' });
    expect(readProxies('Acquire::http::Proxy "DIRECT";\n', {})).toEqual({});
  });
});

describe('apt on a node', () => {
  it('relays each mirror once, under its own name', () => {
    expect(nodeApt(aptOf(deb822), 'bookworm').relays).toEqual([
      { name: 'mirror.example', port: 80, target: 'mirror.example:80' },
      { name: 'mirror.example', port: 443, target: 'mirror.example:443' },
    ]);
  });

  it('gives a cache on the machine itself a name, since localhost would be the node', () => {
    const local = 'Types: deb\nURIs: http://localhost:3142/debian\nSuites: bookworm\nComponents: main\n';
    const apt = nodeApt(aptOf(local), 'bookworm');
    expect(apt.sources).toContain('URIs: http://mirror1.lab:3142/debian');
    expect(apt.relays).toEqual([{ name: 'mirror1.lab', port: 3142, target: 'localhost:3142' }]);
  });

  it('relays the proxy instead of the mirrors where there is one', () => {
    const apt = nodeApt(aptOf(deb822, { http: 'http://192.0.2.9:3128/', https: 'http://192.0.2.9:3128/' }), 'bookworm');
    expect(apt.relays).toEqual([{ name: 'mirror1.lab', port: 3128, target: '192.0.2.9:3128' }]);
    expect(apt.conf).toContain('Acquire::http::Proxy "http://mirror1.lab:3128/";');
    expect(apt.sources).toContain('http://mirror.example/debian');
  });
});

describe('what a lab is called and how it is laid out', () => {
  it('gives labs of other names or directories other marks, and the same lab always the same', () => {
    const ids = [locate({}), locate({ name: 'other' }), locate({ dir: '/x' }), locate({ name: 'other', dir: '/x' })].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(locate({ dir: '/x' }).id).toBe(ids[2]);
  });

  it.each(['', '../up', 'A', 'a b', 'a/b', '-a'])('refuses the name %j', (name) => {
    expect(() => locate({ name })).toThrow(/cannot be the name of a lab/);
  });

  it('numbers nodes, gives each its addresses, and makes the first ones control planes', () => {
    const nodes = layOut({ nodes: 3, controlPlanes: 2 }, '10.77.9');
    expect(nodes.map(({ name, ip, role }) => [name, ip, role])).toEqual([
      ['node1', '10.77.9.101', 'controlPlane'],
      ['node2', '10.77.9.102', 'controlPlane'],
      ['node3', '10.77.9.103', 'worker'],
    ]);
  });

  it.each([[['a', 'a']], [['Node']], [['a.b/c']], [[]], [0], [51]])('refuses the nodes %j', (nodes) => {
    expect(() => layOut({ nodes }, '10.77.9')).toThrow(expect.objectContaining({ name: 'PlinthError' }));
  });

  it('refuses more control planes than nodes', () => {
    expect(() => layOut({ nodes: 2, controlPlanes: 3 }, '10.77.9')).toThrow('3 control planes were asked for, of 2 nodes');
  });

  it('chooses a network that is one', () => {
    for (const id of ['a.00000000', 'a.ffffffff', 'lab.deadbeef']) expect(chooseNet(id)).toMatch(/^10\.77\.(?:[1-9]\d?|1\d\d|2[0-4]\d|250)$/);
  });
});

describe('what a machine must have', () => {
  it('points to Vagrant where there is no Linux or no root', () => {
    for (const machine of [{ platform: 'darwin', uid: 0, path: '' }, { platform: 'linux', uid: 1000, path: '/usr/bin' }]) {
      const found = prerequisites(machine);
      expect(found.blocked).toMatch(machine.platform === 'darwin' ? /this is darwin/ : /needs root/);
      expect(() => requirePrerequisites(found)).toThrow(/vagrant up/);
    }
  });

  it('names the packages that are missing and the command that installs them', () => {
    const found = prerequisites({ platform: 'linux', uid: 0, path: '/nowhere' });
    expect(found.missing).toContain('mmdebstrap');
    expect(() => requirePrerequisites(found)).toThrow(/apt-get install --no-install-recommends mmdebstrap iproute2/);
  });
});

describe('what modprobe may say on a node', () => {
  const nothing = { builtin: '', loaded: '', own: [], config: '' };
  it("knows features by the kernel's options", () => {
    expect(presentModules({ ...nothing, config: 'CONFIG_OVERLAY_FS=y\nCONFIG_BRIDGE_NETFILTER=m\n# CONFIG_WIREGUARD is not set\n' })).toEqual(['overlay']);
  });
  it("knows them by the kernel's own list, by what is loaded, and by what shows itself; dashes are underscores", () => {
    expect(presentModules({ ...nothing, builtin: 'kernel/fs/overlayfs/overlay.ko\nkernel/x/nf-log.ko\n', loaded: 'br_netfilter 32768 0 - Live 0x0\n', own: ['loop'] })).toEqual(['br_netfilter', 'loop', 'nf_log', 'overlay']);
  });
});

describe('how a lab is reached', () => {
  const lab: Lab = {
    ...{ format: 1, name: 'lab', id: 'lab.0', dir: '/l', disks: '/l/disks', memoryDisks: false, suite: 'bookworm', rootfs: '/r', user: 'me', packages: [], sudo: 'nopasswd', net: '10.77.9' },
    ...{ holder: 1, consoles: [], placement: { mode: 'v2', dirs: [] }, complete: true },
    nodes: layOut({ nodes: 2 }, '10.77.9').map((node, i) => ({ ...node, port: 4001 + i, hostKeys: [`ssh-ed25519 KEY${i}`] })),
  };
  it('as hosts, as an inventory, as ssh_config and known_hosts', () => {
    expect(labInventory(lab).hosts[0]).toEqual({ name: 'node1', address: '127.0.0.1', port: 4001, user: 'me', identityFile: '/l/id_ed25519', hostKeys: ['ssh-ed25519 KEY0'] });
    expect(inventoryYaml(lab)).toMatch(/controlPlane:\n {4}hosts:\n {6}node1:\n {8}ssh:\n {10}address: 127.0.0.1\n {10}port: 4001\n[^]*workers:\n {4}hosts:\n {6}node2:/);
    expect(knownHosts(lab)).toBe('[127.0.0.1]:4001 ssh-ed25519 KEY0\n[127.0.0.1]:4002 ssh-ed25519 KEY1\n');
    expect(sshConfig(lab, '/l/known_hosts')).toContain('StrictHostKeyChecking yes');
  });
});
