import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { endMark, padding, tarHeader } from '../../src/bundle/download/tar-header.ts';

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A tar archive of these members; those that begin with `#!` are executable. */
export function tar(members: Readonly<Record<string, string | Buffer>>): Buffer {
  return Buffer.concat([
    ...Object.entries(members).flatMap(([name, content]) => {
      const bytes = Buffer.from(content);
      return [tarHeader(name, bytes.length, bytes.toString('latin1', 0, 2) === '#!' ? 0o755 : 0o644), bytes, padding(bytes.length)];
    }),
    endMark,
  ]);
}

const configOf = (architecture: string, layer: Buffer, name = ''): string => JSON.stringify({ architecture, os: 'linux', config: {}, name, rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] } });

/** As `docker save` writes it. */
export function dockerArchive(name: string, { architecture = 'amd64', leaveOut = '' } = {}): Buffer {
  const layer = tar({ pause: 'x'.repeat(3000) });
  const config = configOf(architecture, layer, name);
  const id = sha256(config);
  const all = { [`${id}.json`]: config, 'l/layer.tar': layer, 'manifest.json': JSON.stringify([{ Config: `${id}.json`, RepoTags: [name], Layers: ['l/layer.tar'] }]) };
  return tar(Object.fromEntries(Object.entries(all).filter(([member]) => member !== leaveOut)));
}

/** As `ctr images export` writes it: an index of two platforms. */
export function ociArchive(name: string): Buffer {
  const blobs: Record<string, string | Buffer> = {};
  const oci = 'application/vnd.oci.image';
  const blob = (kind: string, content: unknown): { readonly mediaType: string; readonly digest: string; readonly size: number } => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    blobs[`blobs/sha256/${sha256(bytes)}`] = bytes;
    return { mediaType: `${oci}.${kind}`, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  };
  const manifest = (architecture: string) => {
    const layer = tar({ name: architecture });
    return blob('manifest.v1+json', { schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, config: blob('config.v1+json', configOf(architecture, layer)), layers: [blob('layer.v1.tar+gzip', gzipSync(layer))] });
  };
  const index = blob('index.v1+json', { schemaVersion: 2, mediaType: `${oci}.index.v1+json`, manifests: ['arm64', 'amd64'].map((architecture) => ({ ...manifest(architecture), platform: { architecture, os: 'linux' } })) });
  return tar({ 'oci-layout': '{"imageLayoutVersion":"1.0.0"}', 'index.json': JSON.stringify({ schemaVersion: 2, manifests: [{ ...index, annotations: { 'io.containerd.image.name': name } }] }), ...blobs });
}

/** The id of the image for a platform in an archive of `ociArchive`. */
export const ociId = (architecture: string): string => `sha256:${sha256(configOf(architecture, tar({ name: architecture })))}`;

/** The header of a program for a machine, by its number in ELF: 62 is amd64, 183 arm64. */
export const elf = (machine: number): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeUInt16LE(machine, 18);
  return bytes;
};

export const needed: readonly string[] = ['registry.k8s.io/kube-apiserver:v1.36.2', 'registry.k8s.io/kube-proxy:v1.36.2', 'registry.k8s.io/pause:3.10.2'];

const says = (text: string): string => `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`;

/** A whole bundle, laid out as upstream's files would be; programs are scripts that say what the real ones say. */
export const wholeLayout: Readonly<Record<string, string | Buffer>> = {
  'bin/kubeadm': `#!/bin/sh\ncase "$1" in version) echo v1.36.2;; config) printf '%s\\n' ${needed.join(' ')};; esac\n`,
  'bin/kubelet': says('Kubernetes v1.36.2'),
  'bin/kubectl': says('Client Version: v1.36.2\nKustomize Version: v5.7.1'),
  'bin/containerd': says('containerd github.com/containerd/containerd/v2 v2.3.4 0123456789abcdef'),
  'bin/containerd-shim-runc-v2': says('containerd-shim-runc-v2:\n  Version:  v2.3.4'),
  'bin/runc': says('runc version 1.3.6\nspec: 1.2.1'),
  'bin/helm': says('v3.18.4+gd80839c'),
  'bin/cni-plugins-linux-amd64-v1.9.1.tgz': gzipSync(tar({ 'LICENSE': 'Apache', './loopback': says('CNI loopback plugin v1.9.1\nCNI protocol versions supported: 0.1.0, 1.1.0'), './bridge': says('CNI bridge plugin v1.9.1') })),
  'images/kube-apiserver.tar': dockerArchive('registry.k8s.io/kube-apiserver:v1.36.2'),
  'images/pause.tar.gz': gzipSync(ociArchive('registry.k8s.io/pause:3.10.2')),
  'images/kube-vip.tar': dockerArchive('ghcr.io/kube-vip/kube-vip:v1.0.3'),
  'charts/cilium-1.19.7.tgz': gzipSync(tar({ 'cilium/Chart.yaml': 'name: cilium\nversion: 1.19.7\nappVersion: 1.19.7\n', 'cilium/charts/inner/Chart.yaml': 'name: inner\nversion: 0.0.1\n' })),
  'manifests/gateway-api.yaml': 'metadata:\n  annotations:\n    gateway.networking.k8s.io/bundle-version: v1.4.1\n',
  'packages/conntrack_1%3a1.4.7-1_amd64.deb': '!<arch>\n',
  'packages/conntrack-tools-1.4.7-3.el9.x86_64.rpm': 'rpm',
};

export function layOut(dir: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
    if (path.startsWith('bin/')) chmodSync(join(dir, path), 0o755);
  }
}
