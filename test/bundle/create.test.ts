import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createBundle, openBundle, verifyBundle } from '../../src/bundle/index.ts';
import { PlinthError } from '../../src/contract/index.ts';
import { dockerArchive, elf, layOut, ociArchive, ociId, sha256, tar, wholeLayout } from './laid-out.ts';

const top = mkdtempSync(join(tmpdir(), 'plinth-bundle-'));
afterAll(() => rmSync(top, { recursive: true }));

let made = 0;
let dir = '';
beforeEach(() => {
  dir = join(top, String(made++));
});

/** What was complained of, without the names of folders. */
async function complaint(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof PlinthError)) throw new Error(`no complaint: ${String(error)}`);
  const seen = relative(process.cwd(), top);
  return error.message.replaceAll(seen, 'TOP').replaceAll(top, 'TOP').replaceAll(top.slice(1), 'TOP').replaceAll(/TOP\/\d+/g, 'DIR');
}
const create = (more: Partial<Parameters<typeof createBundle>[0]> = {}) => createBundle({ from: dir, cwd: '/', ...more });

describe('a bundle of files that are laid out', () => {
  it('knows versions, images, charts and packages by the files themselves', async () => {
    layOut(dir, { ...wholeLayout, 'README': 'a stranger' });
    const notes: string[] = [];
    const { record, missing } = await create({ note: (text) => void notes.push(text) });
    expect(record.versions).toEqual({ cilium: '1.19.7', cniPlugins: 'v1.9.1', containerd: 'v2.3.4', gatewayApi: 'v1.4.1', helm: 'v3.18.4', kubeVip: 'v1.0.3', kubernetes: 'v1.36.2', runc: 'v1.3.6' });
    expect(record.architecture).toBe('amd64');
    expect(missing).toEqual([]);
    expect(notes[0]).toBe('left out: README');
    expect(Object.keys(record.files)).toContain('bin/cni/bridge');
    expect(Object.keys(record.files)).not.toContain('bin/cni-plugins-linux-amd64-v1.9.1.tgz');
    expect(record.files['images/pause.tar.gz']?.images).toEqual({ 'registry.k8s.io/pause:3.10.2': ociId('amd64') });
    expect(record.files['packages/conntrack_1%3a1.4.7-1_amd64.deb']?.package).toEqual({ name: 'conntrack', version: '1:1.4.7-1' });
    expect(record.files['packages/conntrack-tools-1.4.7-3.el9.x86_64.rpm']?.package).toEqual({ name: 'conntrack-tools', version: '1.4.7-3.el9' });

    const bundle = openBundle(dir);
    expect(bundle.programs.map(({ path }) => path)).toContain('cni/loopback');
    expect(bundle.charts.map(({ name, version }) => `${name} ${version}`)).toEqual(['cilium 1.19.7']);
    expect(bundle.packages.map(({ name, format }) => `${name} ${format}`)).toEqual(['conntrack-tools rpm', 'conntrack deb']);
    expect(bundle.images.flatMap(({ images }) => images.map(({ name }) => name))).toEqual(['registry.k8s.io/kube-apiserver:v1.36.2', 'ghcr.io/kube-vip/kube-vip:v1.0.3', 'registry.k8s.io/pause:3.10.2']);
    expect(await verifyBundle(dir)).toMatchObject({ problems: [], unknown: [], files: Object.keys(record.files).length });
  });

  it('is the same when it is made again, and in another folder', async () => {
    layOut(dir, wholeLayout);
    const first = await create();
    const again = await create();
    const other = await create({ to: join(dir, '../elsewhere') });
    expect([again.record, other.record]).toEqual([first.record, first.record]);
    expect((await verifyBundle(join(top, 'elsewhere'))).problems).toEqual([]);
  });

  it('takes any part, and versions that nothing says', async () => {
    layOut(dir, { 'bin/kubelet': elf(183) });
    const { record } = await create({ set: { kubernetes: 'v1.36.2' } });
    expect(record).toMatchObject({ architecture: 'arm64', versions: { kubernetes: 'v1.36.2' } });
    expect(record.needs).toContain('registry.k8s.io/kube-scheduler:v1.36.2');
  });

  it('understands what crane writes, several tags, and short names', async () => {
    const config = JSON.stringify({ architecture: 'amd64', os: 'linux' });
    const crane = tar({ [`sha256:${sha256(config)}`]: config, 'aa.tar.gz': gzipSync('layer'), 'manifest.json': JSON.stringify([{ Config: `sha256:${sha256(config)}`, RepoTags: ['nginx:1.29', 'quay.io/cilium/cilium:v1.19.7', 'localhost/x'], Layers: ['aa.tar.gz'] }]) });
    layOut(dir, { 'images/crane.tar': crane });
    const { record } = await create();
    expect(Object.entries(record.files['images/crane.tar']?.images ?? {})).toEqual(['docker.io/library/nginx:1.29', 'quay.io/cilium/cilium:v1.19.7', 'localhost/x:latest'].map((name) => [name, `sha256:${sha256(config)}`]));
  });

  it('names the images that are missing, and kube-proxy never', async () => {
    const { 'images/pause.tar.gz': _, ...rest } = wholeLayout;
    layOut(dir, rest);
    expect((await create()).missing).toEqual(['registry.k8s.io/pause:3.10.2']);
    expect((await verifyBundle(dir)).problems.map(({ summary }) => summary.replace(/ is not in .*/, ''))).toEqual(['the image registry.k8s.io/pause:3.10.2']);
  });
});

describe('what no bundle is made of', () => {
  const bad: readonly (readonly [string, Readonly<Record<string, string | Buffer>>])[] = [
    ['an archive that was cut off', { 'images/pause.tar': dockerArchive('registry.k8s.io/pause:3.10.2').subarray(0, 3000) }],
    ['an archive that lacks a layer', { 'images/pause.tar': dockerArchive('registry.k8s.io/pause:3.10.2', { leaveOut: 'l/layer.tar' }) }],
    ['a packed archive that was cut off', { 'charts/cilium.tgz': Buffer.from(wholeLayout['charts/cilium-1.19.7.tgz'] ?? '').subarray(0, 60) }],
    ['an archive of something else', { 'images/etc.tar': tar({ passwd: 'root' }) }],
    ['no archive', { 'images/pause.tar': 'x'.repeat(2000) }],
    ['an image without a name', { 'images/none.tar': ociArchive('pause') }],
    ['an image of another architecture', { 'bin/kubelet': elf(62), 'images/pause.tar': dockerArchive('registry.k8s.io/pause:3.10.2', { architecture: 'arm64' }) }],
    ['programs of two architectures', { 'bin/kubelet': elf(62), 'bin/kubeadm': elf(183) }],
    ['what is no program', { 'bin/kubelet': 'text' }],
    ['two versions', { 'bin/kubelet': wholeLayout['bin/kubelet'] ?? '', 'bin/kubeadm': '#!/bin/sh\necho v1.36.3\n' }],
    ['a package by another name', { 'packages/kubelet.deb': '!<arch>' }],
    ['nothing', { 'bundle/bin/kubelet': '#!/bin/sh\n' }],
  ];
  it.each(bad)('%s', async (_, files) => {
    layOut(dir, files);
    expect(await complaint(create({ from: dir }))).toMatchSnapshot();
    expect(readdirSync(dir)).not.toContain('bundle.yaml');
  });
});

describe('what became of a bundle', () => {
  it('is told file by file', async () => {
    layOut(dir, wholeLayout);
    await create();
    appendFileSync(join(dir, 'bin/kubelet'), '#');
    truncateSync(join(dir, 'images/kube-vip.tar'), 2000);
    rmSync(join(dir, 'charts/cilium-1.19.7.tgz'));
    writeFileSync(join(dir, 'manifests/more.yaml'), '');
    const { problems, unknown } = await verifyBundle(dir, { cwd: top });
    expect(new PlinthError(problems).message.replaceAll(/\b\d+\//g, 'DIR/').replaceAll(/--from \d+/g, '--from DIR')).toMatchSnapshot();
    expect(unknown).toEqual(['manifests/more.yaml']);
  });

  it('is seen when it is opened, as far as that is cheap, with the line', async () => {
    layOut(dir, wholeLayout);
    await create();
    truncateSync(join(dir, 'images/kube-vip.tar'), 2000);
    rmSync(join(dir, 'bin/kubelet'));
    layOut(dir, { 'bin/runc': Buffer.concat([elf(183), Buffer.alloc(Buffer.from(wholeLayout['bin/runc'] ?? '').length)]).subarray(0, Buffer.from(wholeLayout['bin/runc'] ?? '').length) });
    expect(await complaint(Promise.resolve().then(() => openBundle(dir)))).toMatchSnapshot();
  });

  it('is refused when it is sent', async () => {
    layOut(dir, wholeLayout);
    await create();
    const bundle = openBundle(dir);
    const kubelet = readFileSync(join(dir, 'bin/kubelet'), 'utf8');
    writeFileSync(join(dir, 'bin/kubelet'), kubelet.replace('v1.36.2', 'v1.36.9'));
    const source = bundle.programs.find(({ path }) => path === 'kubelet')?.content;
    expect(await complaint(Promise.resolve(source?.check?.()))).toMatch(/bin\/kubelet is not what bundle.yaml says/);
  });
});

describe('bundle.yaml', () => {
  const bad: readonly (readonly [string, string | undefined])[] = [
    ['is missing', undefined],
    ['is no YAML', 'files: {\n'],
    ['has a path that leads elsewhere', 'architecture: amd64\nfiles:\n  bin/../../x: aa\n'],
    ['has a digest that is none', 'architecture: amd64\nfiles:\n  bin/kubelet: { sha256: abc }\n'],
    ['has a key that nobody knows', 'architecture: amd64\nkubernetes: v1.36.2\nfiles: {}\n'],
    ['says nothing of images', `architecture: amd64\nfiles:\n  images/pause.tar: ${'a'.repeat(64)}\n`],
  ];
  it.each(bad)('%s', async (_, text) => {
    layOut(dir, { 'images/pause.tar': 'x', ...(text === undefined ? {} : { 'bundle.yaml': text }) });
    expect(await complaint(Promise.resolve().then(() => openBundle(dir)))).toMatchSnapshot();
  });

  it('may be written by hand: a digest is enough', () => {
    layOut(dir, { 'bin/kubelet': '#!/bin/sh\n', 'bundle.yaml': `architecture: any\nfiles:\n  bin/kubelet: ${sha256('#!/bin/sh\n')}\n` });
    expect(openBundle(dir).programs).toMatchObject([{ path: 'kubelet', size: 10, sha256: sha256('#!/bin/sh\n') }]);
  });
});
