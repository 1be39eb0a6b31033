import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isKubeProxy, kubeadmImages } from '../../src/modules/kubeadm/images/needed.ts';
import { isStored, storedImages } from '../../src/modules/kubeadm/images/stored.ts';
import { kubeletVersion, ofPackage, refusedStep } from '../../src/modules/kubeadm/kubePackages/versions.ts';
import { machine } from '../../src/modules/runtime/programs/machine.ts';
import { noteOf, noting, placedProgram } from '../../src/modules/runtime/programs/placedProgram.ts';
import { nodeShells, take } from '../contract/read/take.ts';
import { sha256 } from './laid-out.ts';

const dir = mkdtempSync(join(tmpdir(), "plinth program's "));
const notes = noteOf(dir);
afterAll(() => {
  rmSync(dir, { recursive: true });
  rmSync(notes, { recursive: true, force: true });
});
const at = (name: string): string => join(dir, name);
const note = (path: string, sum: string, version?: string): void => {
  const { status, stderr } = spawnSync('sh', ['-euc', `${noting(path, sum, version).replaceAll('%s', '"$0"')} >&2`, path], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
};

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('by %s', (_, shell) => {
  it('a program is known by its note as long as nobody touches it', async () => {
    const [ours, stranger, none] = [at('kubelet'), at('a b'), at('none')];
    writeFileSync(ours, 'ours');
    writeFileSync(stranger, 'theirs');
    chmodSync(ours, 0o755);
    chmodSync(stranger, 0o700);
    note(ours, sha256('ours'), 'v1.36.2');
    const readings = { ours: placedProgram(ours), none: placedProgram(none), stranger: placedProgram(stranger) };
    expect(await take(readings, shell)).toEqual({ ours: { sha256: sha256('ours'), mode: '0755', ours: true }, none: undefined, stranger: { sha256: sha256('theirs'), mode: '0700', ours: false } });

    // The note is believed: it says another digest than the file has.
    const told = readFileSync(noteOf(ours), 'utf8');
    writeFileSync(noteOf(ours), told.replace(sha256('ours'), 'f'.repeat(64)));
    expect((await take(readings, shell)).ours?.sha256).toBe('f'.repeat(64));

    writeFileSync(noteOf(ours), told);
    utimesSync(ours, 1, 1);
    expect((await take(readings, shell)).ours).toEqual({ sha256: sha256('ours'), mode: '0755', ours: true });
    appendFileSync(ours, '!');
    expect((await take(readings, shell)).ours).toEqual({ sha256: sha256('ours!'), mode: '0755', ours: false });
  });

  it('a kubelet is asked for its version only where no note says it', async () => {
    writeFileSync(at('asked'), '#!/bin/sh\necho Kubernetes v1.35.1\n', { mode: 0o755 });
    writeFileSync(at('noted'), '#!/bin/sh\necho Kubernetes v9.9.9\n', { mode: 0o755 });
    note(at('noted'), 'f'.repeat(64), 'v1.36.2');
    expect(await take({ asked: kubeletVersion(at('asked')), noted: kubeletVersion(at('noted')), none: kubeletVersion(at('gone')) }, shell)).toEqual({ asked: 'v1.35.1', noted: 'v1.36.2', none: undefined });
  });

  it('the machine is called as Go calls it', async () => expect(Object.values(await take({ machine: machine() }, shell))[0]).toMatch(/^(amd64|arm64)$/));
});

describe('images of a node', () => {
  const { kind } = storedImages();
  // As ctr 1.6 and 2.1 print it; written by us after their sources, tried on both.
  const printed = `REF                                             TYPE                                                 DIGEST                                                                  STATUS         SIZE                UNPACKED
registry.k8s.io/etcd:3.6.8-0                    application/vnd.docker.distribution.manifest.v2+json sha256:${'a'.repeat(64)} complete (2/2) 41.8 MiB/41.8 MiB   true
registry.k8s.io/kube-apiserver:v1.36.2          application/vnd.oci.image.index.v1+json              sha256:${'b'.repeat(64)} incomplete (1/2) 0.0 B/113.9 MiB false
registry.k8s.io/pause:3.10.2                    application/vnd.docker.distribution.manifest.v2+json sha256:${'c'.repeat(64)} error          -                   false
sha256:${'1'.repeat(64)}                        application/vnd.docker.distribution.manifest.v2+json sha256:${'a'.repeat(64)} complete (2/2) 41.8 MiB/41.8 MiB   true
`;
  const stored = kind.parse(printed, '');

  it('are whole, or are not', () => {
    expect([isStored(stored, 'registry.k8s.io/etcd:3.6.8-0'), isStored(stored, 'registry.k8s.io/kube-apiserver:v1.36.2'), isStored(stored, 'registry.k8s.io/pause:3.10.2'), isStored(stored, 'none'), isStored(undefined, 'none')]).toEqual([true, false, false, false, false]);
  });

  it('are the very ones by the id that the CRI stores beside them', () => {
    expect(isStored(stored, 'registry.k8s.io/etcd:3.6.8-0', `sha256:${'1'.repeat(64)}`)).toBe(true);
    expect(isStored(stored, 'registry.k8s.io/etcd:3.6.8-0', `sha256:${'2'.repeat(64)}`)).toBe(false);
    const early = kind.parse(printed.replace(/^sha256:.*\n/m, ''), '');
    expect(isStored(early, 'registry.k8s.io/etcd:3.6.8-0', `sha256:${'2'.repeat(64)}`)).toBe(true);
  });

  it('are named by kubeadm, kube-proxy among them', () => {
    const { kind: of, key } = kubeadmImages('v1.36.2', "mirror.lan/it's");
    expect(key).toBe(`kubeadm config images list --kubernetes-version v1.36.2 --image-repository 'mirror.lan/it'\\''s'`);
    expect(of.parse('W0101 some warning\nregistry.k8s.io/kube-proxy:v1.36.2\nregistry.k8s.io/pause:3.10.2\n', key)).toEqual(['registry.k8s.io/kube-proxy:v1.36.2', 'registry.k8s.io/pause:3.10.2']);
    expect([isKubeProxy('registry.k8s.io/kube-proxy:v1'), isKubeProxy('mirror/kube-proxy@sha256:1'), isKubeProxy('mirror/my-kube-proxy:v1')]).toEqual([true, true, false]);
  });
});

describe('a version after another', () => {
  const step = (found: string, wanted: string, more = {}) => refusedStep({ found, wanted, allowDowngrade: false, isMember: true, ...more })?.what;
  it('goes on by one minor version at most in a cluster, and never back by itself', () => {
    expect([step('v1.35.9', 'v1.36.0'), step('v1.36.1', 'v1.36.2'), step('v1.34.1', 'v1.36.2', { isMember: false }), step('v1.36.2', 'v1.36.1', { allowDowngrade: true })]).toEqual([undefined, undefined, undefined, undefined]);
    expect([step('v1.34.9', 'v1.36.0'), step('v1.36.10', 'v1.36.9')]).toEqual(['from Kubernetes v1.34.9 to v1.36.0 a minor version would be skipped', 'Kubernetes v1.36.10 is on this node, and v1.36.9 is older']);
    expect(['1.36.2-1.1', '1.36.2-150500.1.1', '0:1.36.2-1.1'].map(ofPackage)).toEqual(['v1.36.2', 'v1.36.2', 'v1.36.2']);
  });
});
