import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBundle, openBundle } from '../../src/bundle/index.ts';
import { type Bundle, type LocalFile, PlinthError } from '../../src/contract/index.ts';
import { run } from '../../src/engine/index.ts';
import { createMasker } from '../../src/engine/mask.ts';
import { defineFleet, playbook } from '../../src/index.ts';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { bundledPackages, bundledRuntime, bundledRuntimeFiles, containerd, containerdFiles, helm, images, kubePackages, service } from '../../src/modules/index.ts';
import type { RunEvent } from '../../src/report/event.ts';
import { dockerArchive, layOut, ociArchive } from '../bundle/laid-out.ts';
import { connectTo, oneTask } from './one-task.ts';

/** A node without any of it, and a bundle whose container runtime is real: the one that the node's distribution has. */
const which = { name: 'bundle', dir: '' };
let host: LabHost;
let dir = '';
let bundle: Bundle;

const says = (text: string): string => `#!/bin/sh\necho '${text}'\n`;
const scripts = { 'bin/kubeadm': says('v1.36.2'), 'bin/kubelet': says('Kubernetes v1.36.2'), 'bin/kubectl': says('Client Version: v1.36.2'), 'bin/helm': says('v3.18.4') };
const names = ['registry.k8s.io/kube-apiserver:v1.36.2', 'registry.k8s.io/pause:3.10.2', 'example.org/of/two-platforms:1'];

async function byHand(script: string): Promise<string> {
  const node = await connectTo(host);
  const [reply] = await node.send([{ script }]);
  await node.close();
  if (reply?.code !== 0) throw new Error(`${script}\n${reply?.stdout ?? ''}${reply?.stderr ?? ''}`);
  return reply.stdout.trim();
}

beforeAll(async () => {
  which.dir = mkdtempSync(join(tmpdir(), 'plinth-bundle-lab-'));
  dir = mkdtempSync(join(tmpdir(), 'plinth-bundle-files-'));
  [host] = labInventory(await up({ ...which, nodes: 1 })).hosts as [LabHost];
  await byHand(`apt-get update -qq >/dev/null
cd "$(mktemp -d)"; apt-get download -qq containerd runc >/dev/null 2>&1
for f in *.deb; do dpkg-deb -x "$f" /srv/runtime; done`);
  const node = await connectTo(host);
  layOut(dir, { ...scripts, 'images/kube-apiserver.tar': dockerArchive(names[0] ?? ''), 'images/pause.tar': dockerArchive(names[1] ?? ''), 'images/two.tar': ociArchive(names[2] ?? '') });
  for (const [name, from] of Object.entries({ containerd: 'bin', 'containerd-shim-runc-v2': 'bin', ctr: 'bin', runc: 'sbin' })) writeFileSync(join(dir, 'bin', name), await node.fetch(`/srv/runtime/usr/${from}/${name}`), { mode: 0o755 });
  await node.close();
  await createBundle({ from: dir });
  bundle = openBundle(dir);
}, 300_000);
afterAll(async () => {
  await down(which);
  for (const one of [which.dir, dir]) rmSync(one, { recursive: true, force: true });
});

/** All of it in one play, as a playbook would say it. */
async function apply(mode: 'plan' | 'apply'): Promise<{ readonly results: readonly string[]; readonly problems: readonly unknown[]; readonly trips: number }> {
  const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });
  const program = playbook(fleet, ({ play, groups }) => {
    play('Install', groups.all, ({ task }) => {
      task('packages', bundledPackages, { bundle });
      task('runtime', bundledRuntime, { bundle });
      task('configuration', containerd, { expect: bundle.versions.containerd ?? '', systemdCgroup: false });
      task('containerd', service, { name: 'containerd', enabled: true, newerThan: [...bundledRuntimeFiles, ...containerdFiles] });
      task('programs', kubePackages, { bundle });
      task('helm', helm, { bundle });
      task('images', images, { bundle, mayLack: ['kube-controller-manager', 'kube-scheduler'] });
    });
  }).build({ hosts: [{ name: host.name, groups: [], vars: {} }], groups: {} });
  const events: RunEvent[] = [];
  await run(program, {
    mode,
    meta: { run: 'bundle', playbook: 'bundle', inventory: 'lab', version: 'test' },
    connect: () => connectTo(host),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
  });
  const told = events.filter((event) => event.type === 'taskResult');
  return { results: told.map(({ task, status }) => `${task} ${status}`), problems: told.flatMap(({ error }) => error ?? []), trips: events.filter(({ type }) => type === 'batch').length };
}

describe('a node that installs from a bundle', () => {
  it('is planned whole while it is blank', async () => {
    expect(await apply('plan')).toMatchObject({ problems: [], results: ['packages ok', ...['runtime', 'configuration', 'containerd', 'programs', 'helm', 'images'].map((task) => `${task} would-change`)] });
  });

  it('gets all of it, and nothing the second time, in one round trip', async () => {
    expect(await apply('apply')).toMatchObject({ problems: [], results: ['packages ok', ...['runtime', 'configuration', 'containerd', 'programs', 'helm', 'images'].map((task) => `${task} changed`)] });
    expect(await byHand('systemctl is-active containerd; systemctl is-enabled kubelet; readlink /proc/$(systemctl show -P MainPID containerd)/exe')).toBe('active\nenabled\n/usr/local/bin/containerd');
    expect((await byHand('ctr -n k8s.io images ls -q | grep -v ^sha256 | sort')).split('\n')).toEqual(names.toSorted());
    expect(await byHand('ls -A /var/lib/plinth')).toBe('digest');
    const again = await apply('apply');
    expect(again.results.filter((result) => !result.endsWith(' ok'))).toEqual([]);
    expect(again.trips).toBe(1);
  });

  it('notices what was broken: content that is gone, another image under a name, a program', async () => {
    await byHand(`ctr -n k8s.io content rm $(ctr -n k8s.io images ls 'name==${names[1]}' | sed -n 's/.*\\(sha256:[0-9a-f]*\\).*/\\1/p') >/dev/null
ctr -n k8s.io images rm ${names[2]} >/dev/null
printf x >>/usr/local/bin/kubelet`);
    expect((await apply('apply')).results.filter((result) => result.endsWith(' changed'))).toEqual(['programs changed', 'images changed']);
    expect((await apply('plan')).results.filter((result) => !result.endsWith(' ok'))).toEqual([]);
  });

  it('goes on with an import that was cut off at any step', async () => {
    const args = { bundle, mayLack: ['kube-controller-manager', 'kube-scheduler'] };
    for (let effects = 0; effects < 5; effects++) {
      await byHand(`ctr -n k8s.io images rm ${names.join(' ')} >/dev/null`);
      await oneTask('apply', host, images, args, { effects });
      expect(await oneTask('apply', host, images, args), `cut off before step ${effects}`).toMatchObject({ status: 'changed' });
      expect(await byHand('ls -A /var/lib/plinth')).toBe('digest');
    }
  });

  it('keeps what it had when a file of the bundle was changed since', async () => {
    await byHand('rm /usr/local/bin/ctr');
    const rotten: LocalFile[] = bundle.programs.map((file) => (file.path === 'ctr' ? { ...file, sha256: 'f'.repeat(64), content: { ...file.content, sha256: 'f'.repeat(64), check: () => Promise.reject(new PlinthError({ cause: 'bundle', summary: 'it was changed' })) } } : file));
    expect(await oneTask('apply', host, bundledRuntime, { bundle: { ...bundle, programs: rotten } })).toMatchObject({ status: 'failed', error: { cause: 'bundle', summary: 'it was changed' } });
    expect(await byHand('test ! -e /usr/local/bin/ctr; ls -A /usr/local/bin | grep plinth || :')).toBe('');
    expect((await apply('apply')).results).toContain('runtime changed');
  });

  it('refuses a bundle for another architecture', async () => {
    const args = { bundle: { ...bundle, architecture: 's390x' } };
    expect(await oneTask('apply', host, kubePackages, args)).toMatchObject({ status: 'failed', error: { cause: 'refused', summary: expect.stringContaining('is for s390x') as string } });
  });

  it('is bare again when all of it is taken away', async () => {
    for (const module of [images, helm, kubePackages]) expect(await oneTask('apply', host, module, { bundle, state: 'absent' }), module.name).toMatchObject({ status: 'changed' });
    expect(await oneTask('apply', host, containerd, { state: 'absent' })).toMatchObject({ status: 'changed' });
    expect(await oneTask('apply', host, bundledRuntime, { bundle, state: 'absent' })).toMatchObject({ status: 'changed' });
    expect(await byHand("find /usr/local/bin /opt/cni /var/lib/plinth /etc/systemd/system ! -type d \\( -path '/etc/systemd/*' ! -name 'kubelet*' ! -name 'containerd*' -o -print \\) 2>/dev/null || :")).toBe('');
  });
});
