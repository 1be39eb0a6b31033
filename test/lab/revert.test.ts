import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
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
import { modules } from '../../src/modules/catalog.ts';
import { readLabCases } from '../../src/testing/index.ts';
import { connectTo, oneTask } from './one-task.ts';

const folderOf = (folder: string): string => fileURLToPath(new URL(`../../src/modules/${folder}`, import.meta.url));

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
 * Writes down all that is configured: every file, link and folder of /etc and of what else modules write to, with modes, owners
 * and content; units and whether they run; kernel parameters; links and their queues; mounts; tables. On the node, since it is long.
 */
const writeDown = (name: string): Promise<string> =>
  onNode(`cd /
{
  for d in etc var/lib/plinth opt srv mnt usr/local home root var/spool/cron boot; do [ ! -e "$d" ] || find "$d" -xdev ! -name '.*' -printf '%y %m %u:%g %p %l\\n'; done | sort
  for d in etc var/lib/plinth opt srv mnt usr/local home boot; do [ ! -e "$d" ] || find "$d" -xdev -type f ! -path 'etc/*-' -exec sha256sum {} +; done | sort -k 2
  systemctl list-unit-files --no-legend --no-pager | grep -v ' transient ' | sort
  systemctl list-units --type=service,timer,socket,mount --all --plain --no-legend --no-pager | grep -v -e user@ -e user-runtime-dir@ -e not-found -e apt- -e systemd-tmpfiles -e man-db -e -user- | while read -r unit load active rest; do echo "unit $unit $active"; done | sort
  sysctl -a 2>/dev/null | grep -v -e random -e nr_ -e _count -e ns_last_pid -e '\\.stat_refresh' -e file- -e inode- -e dentry-state -e sched_domain -e route.flush -e perf_ -e pty | sort
  ip -o link show | sed 's/^[0-9]*: //' | cut -d' ' -f 1-5,8-9
  for f in /sys/class/net/*/queues/*/[rx]ps_cpus; do echo "$f $(cat "$f" 2>/dev/null)"; done
  ethtool -k eth0 | grep -v fixed
  cut -d' ' -f 2-4 /proc/mounts | grep -v -e '^/run/user' -e credentials | sort
  dpkg-query -W -f='\${Package} \${Version} \${Status}\\n'
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

/** Modules whose trials cannot be taken back to the byte, and why. */
const exempt: Readonly<Record<string, string>> = {
  download: '`absent` takes the file away, whoever put it there: the trial begins with one that is there',
  line: 'what stood in the place of the line is not remembered: whoever wants it back says so by another line',
  kernelArguments: 'a container has no boot loader; tried in virtual machines',
  cpuGovernor: 'the clock of a container is its host\'s; tried in virtual machines',
  preemption: 'the kernel of a container is its host\'s; tried in virtual machines',
  bundledPackages: 'a bundle of one package that is there already; test/lab of bundles tries it',
  bundledRuntime: 'tried by its lab.yaml, which ends with `absent`',
  helm: 'tried by its lab.yaml, which ends with `absent`',
};

/** What may stay behind: lines of the difference, and why. */
const leftovers: Readonly<Record<string, { readonly line: RegExp; readonly why: string }>> = {
  mount: { line: /^> d .* mnt\/plinth-lab $/, why: 'the folder it was mounted on: others may use it by now' },
  directory: { line: /^> d .* srv\/plinth lab(\/a)? $/, why: 'parents: others may have put something there' },
  cniPlugins: { line: /^> d .* opt\/cni(\/bin)? $/, why: 'the folder of plugins, which others use too' },
  authorizedKeys: { line: /^> (f .* |e3b0c442\w+ {2})home\/keyuser\/.ssh\/authorized_keys ?$/, why: 'an empty file: whether it was there before is not known' },
};

const tried = modules
  .filter(({ folder }) => !/^(kube|kubeadm|cilium)\//.test(folder))
  .flatMap(({ folder, of }) => {
    const args: unknown = z.toJSONSchema(of.args, { io: 'input', unrepresentable: 'any' });
    if (!/"state":\{[^}]*"absent"/.test(JSON.stringify(args))) return [];
    const cases = readLabCases(folderOf(folder)).filter(({ args: given, converged }) => !converged && !JSON.stringify(given).includes('"absent"'));
    const [first] = cases.filter(({ revert }) => revert !== undefined).concat(cases);
    return [[of.name, of, first] as const];
  });

describe('what is tried on real nodes is taken back, byte for byte', () => {
  it.each(tried)('%s', async (name, module, trial) => {
    if (exempt[name] !== undefined) return;
    if (!trial) throw new Error(`lab.yaml of ${name} has no case that could be taken back: add one, or say in this test why not`);
    await onNode(trial.setup);
    await writeDown('before');
    const done = await oneTask('apply', host, module, trial.args);
    expect(done, done.error?.detail).toMatchObject({ status: 'changed' });
    await writeDown('between');
    expect(await difference('before', 'between'), 'the test sees what changed').not.toBe('');
    const undone = await oneTask('apply', host, module, trial.revert ?? { ...Object(trial.args), state: 'absent' });
    expect(undone, undone.error?.detail).toMatchObject({ status: 'changed' });
    await writeDown('after');
    const stays = (await difference('before', 'after')).split('\n').filter((line) => line !== '' && !leftovers[name]?.line.test(line));
    expect(stays).toEqual([]);
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
