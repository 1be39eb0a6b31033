import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { sha256, tar, wholeLayout } from './laid-out.ts';

/** What upstream would answer, by address without https://, and what was asked of it. */
export interface Upstream {
  readonly url: string;
  /** Method-less: `dl.k8s.io/...`, and the range where one was asked for. */
  readonly asked: string[];
  /** Answers that a test puts in the place of the right ones; `cut` breaks the connection after so many bytes, once. */
  readonly wrong: Map<string, { readonly status?: number; readonly body?: string | Buffer; readonly cut?: number }>;
  close(): Promise<void>;
}

const program = (name: string): Buffer => Buffer.from(wholeLayout[name] ?? '');
const helm = (): string => `#!/bin/sh
case "$1" in
  version) echo v3.18.4+gd80839c;;
  template) grep -q '"kubeProxyReplacement":true' "$9" || { echo 'no values' >&2; exit 1; }
    printf '    image: "quay.io/cilium/cilium:v1.19.7@sha256:%s"\\n  - image: quay.io/cilium/operator-generic:v1.19.7\\n' ${sha256(imageAnswers('cilium/cilium')['manifests/'] ?? '')};;
esac
`;

/** A registry of one small image under every name, as an index of two platforms, behind a token. */
function imageAnswers(repository: string): Record<string, Buffer> {
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', repository });
  const layer = gzipSync(tar({ pause: 'x'.repeat(5000) }));
  const digest = (bytes: string | Buffer): string => `sha256:${sha256(bytes)}`;
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config: { digest: digest(config), size: config.length }, layers: [{ digest: digest(layer), size: layer.length }, { digest: digest(layer), size: layer.length }] });
  const index = JSON.stringify({ manifests: [{ digest: `sha256:${'1'.repeat(64)}`, size: 1, platform: { architecture: 'arm64', os: 'linux' } }, { digest: digest(manifest), size: manifest.length, platform: { architecture: 'amd64', os: 'linux' } }, { digest: `sha256:${'2'.repeat(64)}`, size: 1, platform: { architecture: 'unknown', os: 'unknown' } }] });
  return { [`manifests/${digest(manifest)}`]: Buffer.from(manifest), [`blobs/${digest(config)}`]: Buffer.from(config), [`blobs/${digest(layer)}`]: layer, [`manifests/${digest(index)}`]: Buffer.from(index), 'manifests/': Buffer.from(index) };
}

function answers(): Record<string, Buffer> {
  const files: Record<string, Buffer> = {
    'dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubeadm': program('bin/kubeadm'),
    'dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubelet': Buffer.concat([program('bin/kubelet'), Buffer.from('#'.repeat(200_000))]),
    'dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubectl': program('bin/kubectl'),
    'github.com/containerd/containerd/releases/download/v2.3.4/containerd-2.3.4-linux-amd64.tar.gz': gzipSync(tar({ 'bin/containerd': program('bin/containerd'), 'bin/containerd-shim-runc-v2': program('bin/containerd-shim-runc-v2') })),
    'github.com/opencontainers/runc/releases/download/v1.3.6/runc.amd64': program('bin/runc'),
    'github.com/containernetworking/plugins/releases/download/v1.9.1/cni-plugins-linux-amd64-v1.9.1.tgz': program('bin/cni-plugins-linux-amd64-v1.9.1.tgz'),
    'github.com/kubernetes-sigs/cri-tools/releases/download/v1.36.0/crictl-v1.36.0-linux-amd64.tar.gz': gzipSync(tar({ crictl: '#!/bin/sh\necho crictl version v1.36.0\n' })),
    'get.helm.sh/helm-v3.18.4-linux-amd64.tar.gz': gzipSync(tar({ 'linux-amd64/helm': helm() })),
    'helm.cilium.io/cilium-1.19.7.tgz': program('charts/cilium-1.19.7.tgz'),
    'github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.1/standard-install.yaml': program('manifests/gateway-api.yaml'),
  };
  const sum = (path: string, ending: string, text: (sum: string) => string): void => void (files[path + ending] = Buffer.from(text(sha256(files[path] ?? ''))));
  for (const path of Object.keys(files)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path.startsWith('dl.k8s.io') || path.includes('cri-tools')) sum(path, '.sha256', (digest) => digest);
    else if (path.includes('plugins')) sum(path, '.sha256', (digest) => `${digest}  ./${name}\n`);
    else sum(path, '.sha256sum', (digest) => `${digest}  ${name}\n`);
  }
  const runc = 'github.com/opencontainers/runc/releases/download/v1.3.6/runc.amd64';
  files[runc.replace('runc.amd64', 'runc.sha256sum')] = Buffer.from(`-----BEGIN PGP SIGNED MESSAGE-----\n${'9'.repeat(64)} *runc.arm64\n${sha256(files[runc] ?? '')} *runc.amd64\n`);
  return files;
}

export async function startUpstream(): Promise<Upstream> {
  const files = answers();
  const asked: string[] = [];
  const wrong: Upstream['wrong'] = new Map();
  const server = createServer((request, response) => answer(request, response));
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    asked.push(`${path}${request.headers.range === undefined ? '' : ` ${request.headers.range}`}`);
    const [, repository, rest = ''] = /^[^/]+\/v2\/(.+?)\/((?:manifests|blobs)\/.+)$/.exec(path) ?? [];
    const trouble = wrong.get(path);
    if (path.startsWith('auth.example.org/token')) return void response.end(JSON.stringify({ token: 'public' }));
    if (repository !== undefined && request.headers.authorization !== 'Bearer public') {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="https://auth.example.org/token",service="registry",scope="repository:${repository}:pull"` });
      return void response.end();
    }
    const known = repository === undefined ? undefined : imageAnswers(repository);
    const body = trouble?.body ?? (known ? (known[rest] ?? (/^manifests\/(v|\d)/.test(rest) ? known['manifests/'] : undefined)) : files[path]);
    if (body === undefined || trouble?.status !== undefined) {
      response.writeHead(trouble?.status ?? 404);
      return void response.end();
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const bytes = Buffer.from(body).subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length });
    if (trouble?.cut === undefined) return void response.end(bytes);
    wrong.delete(path);
    response.write(bytes.subarray(0, trouble.cut), () => setTimeout(() => response.destroy(), 50));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    asked,
    wrong,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
