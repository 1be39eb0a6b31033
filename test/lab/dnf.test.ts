import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { packageCache } from '../../src/modules/packages/packageCache/index.ts';
import { packageRepository } from '../../src/modules/packages/packageRepository/index.ts';
import { packages } from '../../src/modules/packages/packages/index.ts';
import { connectTo, oneTask } from './one-task.ts';

/** A node that knows no apt any more: Debian has dnf, rpm and what makes a repository of them. */
const which = { name: 'dnf', dir: '' };
let host: LabHost;

async function onNode(script: string): Promise<string> {
  const node = await connectTo(host);
  const [reply] = await node.send([{ script: `set +u\n${script}` }]);
  await node.close();
  if (reply?.code !== 0) throw new Error(`${script}\n${reply?.stdout ?? ''}${reply?.stderr ?? ''}`);
  return reply.stdout.trim();
}

const build = (version: string): string => `printf '%s\\n' 'Name: trial' 'Version: ${version}' 'Release: 1' 'Summary: Trial' 'License: none' 'BuildArch: noarch' %description Trial. %install 'mkdir -p %{buildroot}/opt/trial' 'echo ${version} >%{buildroot}/opt/trial/version' %files /opt/trial/version >/srv/trial.spec
rpmbuild --quiet --define '_topdir /srv/rpm' -bb /srv/trial.spec >/srv/rpmbuild.log 2>&1
mkdir -p /srv/repository; cp /srv/rpm/RPMS/noarch/trial-${version}-1.noarch.rpm /srv/repository/
createrepo_c -q /srv/repository`;

beforeAll(async () => {
  which.dir = mkdtempSync(join(tmpdir(), 'plinth-dnf-'));
  const lab = await up({ ...which, nodes: 1 });
  [host] = labInventory(lab).hosts as [LabHost];
  await onNode(`(apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends dnf dnf-plugins-core rpm createrepo-c) >/dev/null 2>&1
sed -i 's/^enabled.*/enabled = false/' /etc/dnf/plugins/local.conf # wants a key for a repository that it makes up
echo 12 >/etc/dnf/vars/releasever
${build('1.0')}
${build('1.1')}
for program in apt-get apt-cache apt-mark dpkg-query; do mv /usr/bin/$program /usr/bin/$program.hidden; done`);
});
afterAll(async () => {
  await down(which);
  rmSync(which.dir, { recursive: true, force: true });
});

const installed = (): Promise<string> => onNode("rpm -q --qf '%{VERSION}\\n' trial || :");
const repository = { name: 'trial', unsigned: true, dnf: { url: 'file:///srv/repository' } };

describe('a node whose packages dnf installs', () => {
  it('gets a repository, once', async () => {
    expect(await oneTask('plan', host, packageRepository, repository)).toMatchObject({ status: 'would-change' });
    const done = await oneTask('apply', host, packageRepository, repository);
    expect(done, done.error?.detail).toMatchObject({ status: 'changed', changes: [{ what: '/etc/yum.repos.d/trial.repo' }] });
    expect(await oneTask('apply', host, packageRepository, repository)).toMatchObject({ status: 'ok' });
  });

  it('fetches lists that are older than a repository', async () => {
    await onNode('touch /etc/yum.repos.d/trial.repo');
    const done = await oneTask('apply', host, packageCache, {});
    expect(done, done.error?.detail).toMatchObject({ status: 'changed' });
    expect(await oneTask('apply', host, packageCache, {})).toMatchObject({ status: 'ok' });
  });

  it('gets a package at the version that is pinned, the newest, and an older one only where that is said', async () => {
    const pinned = await oneTask('apply', host, packages, { names: ['trial=1.0-1'] });
    expect(pinned, pinned.error?.detail).toMatchObject({ status: 'changed', changes: [{ what: 'trial', from: null, to: 'trial 1.0-1' }] });
    expect(await installed()).toBe('1.0');
    expect(await oneTask('apply', host, packages, { names: ['trial=1.0-1'] })).toMatchObject({ status: 'ok' });
    expect(await oneTask('apply', host, packages, { names: ['trial'] })).toMatchObject({ status: 'ok' });
    const newest = await oneTask('apply', host, packages, { names: ['trial'], state: 'latest' });
    expect(newest, newest.error?.detail).toMatchObject({ status: 'changed', changes: [{ from: 'trial 1.0-1', to: 'trial 1.1-1' }] });
    expect(await installed()).toBe('1.1');
    expect(await oneTask('apply', host, packages, { names: ['trial=1.0-1'] })).toMatchObject({ status: 'failed', error: { detail: expect.stringContaining('trial is at 1.1-1, and 1.0-1 is older') } });
    expect(await installed()).toBe('1.1');
    const older = await oneTask('apply', host, packages, { names: ['trial=1.0-1'], allowDowngrade: true });
    expect(older, older.error?.detail).toMatchObject({ status: 'changed' });
    expect(await installed()).toBe('1.0');
  });

  it('keeps what is held by versionlock, until it is let go', async () => {
    const held = await oneTask('apply', host, packages, { names: ['trial'], hold: true });
    expect(held, held.error?.detail).toMatchObject({ status: 'changed', changes: [{ what: 'hold of trial', from: 'free', to: 'held' }] });
    expect(await onNode('cat /etc/dnf/plugins/versionlock.list')).toContain('trial-');
    expect(await oneTask('apply', host, packages, { names: ['trial'], hold: true })).toMatchObject({ status: 'ok' });
    await onNode(build('2.0'));
    expect(await oneTask('apply', host, packages, { names: ['trial'], state: 'latest' })).toMatchObject({ status: 'ok' });
    expect(await oneTask('plan', host, packages, { names: ['trial=1.1-1'] })).toMatchObject({ status: 'failed', error: { summary: 'trial is held' } });
    const free = await oneTask('apply', host, packages, { names: ['trial'], hold: false });
    expect(free, free.error?.detail).toMatchObject({ status: 'changed', changes: [{ from: 'held', to: 'free' }] });
  });

  it('says what no repository has', async () => {
    expect(await oneTask('apply', host, packages, { names: ['no-such-trial'] })).toMatchObject({ status: 'failed', error: { detail: expect.stringMatching(/No match for argument|Unable to find a match/) } });
  });

  it('loses a package and a repository', async () => {
    expect(await oneTask('apply', host, packages, { names: ['trial'], state: 'absent' })).toMatchObject({ status: 'changed' });
    expect(await installed()).toContain('not installed');
    expect(await oneTask('apply', host, packageRepository, { name: 'trial', state: 'absent' })).toMatchObject({ status: 'changed' });
    expect(await onNode('ls /etc/yum.repos.d')).toBe('');
  });
});
