import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Module } from '../../src/contract/index.ts';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { apparmor } from '../../src/modules/host/apparmor/index.ts';
import { firewall } from '../../src/modules/host/firewall/index.ts';
import { sshd } from '../../src/modules/host/sshd/index.ts';
import { timeSync } from '../../src/modules/host/timeSync/index.ts';
import { unattendedUpgrades } from '../../src/modules/host/unattendedUpgrades/index.ts';
import { packageRepository } from '../../src/modules/packages/packageRepository/index.ts';
import { cniPlugins } from '../../src/modules/runtime/cniPlugins/index.ts';
import { containerd } from '../../src/modules/runtime/containerd/index.ts';
import { crictl } from '../../src/modules/runtime/crictl/index.ts';
import { connectTo, oneTask } from './one-task.ts';

const which = { name: 'revert', dir: '' };
let host: LabHost;

async function onNode(script: string): Promise<string> {
  const node = await connectTo(host);
  const [reply] = await node.send([{ script: `set +u\n${script}` }]);
  await node.close();
  if (reply?.code !== 0) throw new Error(`${script}\n${reply?.stderr ?? ''}`);
  return reply.stdout;
}

/**
 * Writes down all that is configured: every file, link and folder of /etc and what Plinth keeps for itself, with modes, owners
 * and content; units; tables. On the node, since it is long.
 */
const writeDown = (name: string): Promise<string> =>
  onNode(`cd /
{
  find etc var/lib/plinth opt ! -name '.*' -printf '%y %m %u:%g %p %l\\n' 2>/dev/null | sort
  find etc var/lib/plinth opt -type f -exec sha256sum {} + 2>/dev/null | sort -k 2
  systemctl list-unit-files --no-legend --no-pager | grep -v ' transient ' | sort
  nft list tables
} >/run/${name}`);

/** What differs between two of them. Empty folders stay where originals were kept. */
const difference = (one: string, other: string): Promise<string> => onNode(`diff /run/${one} /run/${other} | grep -v '^[<>] d .* var/lib/plinth' | grep '^[<>]' || :`);

beforeAll(async () => {
  which.dir = mkdtempSync(join(tmpdir(), 'plinth-revert-'));
  const lab = await up({ ...which, nodes: 1 });
  [host] = labInventory(lab).hosts as [LabHost];
  await onNode(`(apt-get update && apt-get install -y --no-install-recommends containerd chrony) >/dev/null 2>&1
mkdir -p /srv/repository /srv/cni /opt/cni/bin /etc/containerd /etc/apparmor.d/disable /etc/apparmor.d/force-complain
: >/srv/repository/Packages; echo loopback >/srv/cni/loopback
printf 'timeout: 2\\n' >/etc/crictl.yaml; chmod 0640 /etc/crictl.yaml`);
});
afterAll(async () => {
  await down(which);
  rmSync(which.dir, { recursive: true, force: true });
});

const mirror = { registries: { 'docker.io': { mirrors: [{ url: 'https://mirror.lan:5000' }] } } };

describe('what a module did is taken back, byte for byte', () => {
  it.each<[string, Module, object, object]>([
    ['packageRepository', packageRepository, { name: 'trial', unsigned: true, apt: { url: 'file:/srv/repository' } }, { name: 'trial', state: 'absent' }],
    ['containerd', containerd, { ...mirror, sandboxImage: 'registry.k8s.io/pause:3.10.1', proxy: { https: 'http://proxy.lan:3128' } }, { registries: { 'docker.io': 'absent' }, state: 'absent' }],
    ['crictl', crictl, {}, { state: 'absent' }],
    ['cniPlugins', cniPlugins, { from: '/srv/cni' }, { state: 'absent' }],
    ['sshd', sshd, { maxAuthTries: 5, useDns: false }, { state: 'absent' }],
    ['firewall', firewall, { ports: [{ port: 6443 }] }, { state: 'absent' }],
    ['timeSync', timeSync, { servers: ['10.0.0.1'], running: false }, { state: 'absent', running: false }],
    ['unattendedUpgrades', unattendedUpgrades, { policy: 'off' }, { state: 'absent' }],
    ['apparmor', apparmor, { profiles: { 'usr.sbin.chronyd': 'disable' } }, { profiles: { 'usr.sbin.chronyd': 'enforce' } }],
  ])('%s', async (_, module, present, absent) => {
    await writeDown('before');
    const done = await oneTask('apply', host, module, present);
    expect(done, done.error?.detail).toMatchObject({ status: 'changed' });
    await writeDown('between');
    expect(await difference('before', 'between'), 'the test sees what changed').not.toBe('');
    expect(await oneTask('apply', host, module, absent)).toMatchObject({ status: 'changed' });
    await writeDown('after');
    expect(await difference('before', 'after')).toBe('');
  });
});

describe('a repository that is not what was asked for is not added', () => {
  const fingerprint = 'DE15B14486CD377B9E876E1A234654DA9A296436';
  it.each<[string, object, RegExp]>([
    ['its key is another one', { key: { fingerprint, url: 'file:/usr/share/keyrings/debian-archive-bookworm-stable.gpg' }, apt: { url: 'file:/srv/repository' } }, /is not the key that was asked for. It holds: [0-9A-F]{40}/],
    ['its key is no key', { key: { fingerprint, url: 'file:/etc/passwd' }, apt: { url: 'file:/srv/repository' } }, /It holds: bad/],
    ['it is not there', { unsigned: true, apt: { url: 'file:/srv/nowhere' } }, /does not work as described/],
  ])('%s', async (_, args, why) => {
    await writeDown('before');
    expect(await oneTask('apply', host, packageRepository, { name: 'trial', ...args })).toMatchObject({ status: 'failed', error: { detail: expect.stringMatching(why) } });
    await writeDown('after');
    expect(await difference('before', 'after')).toBe('');
  });
});
