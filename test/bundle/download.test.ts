import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBundle, verifyBundle } from '../../src/bundle/index.ts';
import { createProject, type Project } from '../cli/terminal.ts';
import { startUpstream, type Upstream } from './upstream-server.ts';

const inventory = `vars:
  cluster:
    name: home
    kubernetes: { version: v1.36.2 }
    endpoint: { host: 192.168.10.10 }
    kubeVip: { version: v1.0.3 }
    cilium: { version: 1.19.7 }
    gatewayApi: { version: v1.4.1 }
groups: { controlPlane: { hosts: { cp1: } } }
`;

let upstream: Upstream;
let project: Project;
beforeEach(async () => {
  upstream = await startUpstream();
  project = createProject();
  project.write('inventory/home.yaml', inventory);
});
afterEach(() => upstream.close());

const create = (...more: string[]) => project.run('bundle', 'create', '-i', 'inventory/home.yaml', '--to', 'bundle', '--arch', 'amd64', '--mirror', upstream.url, '--set', 'containerd=v2.3.4', '--set', 'runc=v1.3.6', '--set', 'helm=v3.18.4', ...more);
const said = ({ err }: { readonly err: string }): string => err.replaceAll(upstream.url, 'MIRROR').replaceAll(upstream.url.slice('http://'.length), 'MIRROR');

describe('a bundle for the cluster of an inventory', () => {
  it('has programs, chart, manifests, and the images of all of them', async () => {
    const ran = await create('--output', 'json');
    expect(ran.err).toBe('');
    const { versions, missing, files } = JSON.parse(ran.out);
    expect(versions).toEqual({ cilium: '1.19.7', cniPlugins: 'v1.9.1', containerd: 'v2.3.4', crictl: 'v1.36.0', gatewayApi: 'v1.4.1', helm: 'v3.18.4', kubeVip: 'v1.0.3', kubernetes: 'v1.36.2', runc: 'v1.3.6' });
    expect(missing).toEqual([]);
    expect(Object.keys(files).filter((path) => path.startsWith('images/'))).toEqual(['images/cilium_cilium-v1.19.7.tar', 'images/cilium_operator-generic-v1.19.7.tar', 'images/kube-apiserver-v1.36.2.tar', 'images/kube-vip_kube-vip-v1.0.3.tar', 'images/pause-3.10.2.tar']);
    expect(openBundle(join(project.dir, 'bundle')).images.flatMap(({ images }) => images.map(({ name }) => name))).toContain('quay.io/cilium/cilium:v1.19.7');
    expect((await verifyBundle('bundle', { cwd: project.dir })).problems).toEqual([]);
    expect(existsSync(join(project.dir, 'bundle/.plinth'))).toBe(false);
    expect(upstream.asked.filter((path) => path.includes('kube-proxy'))).toEqual([]);

    // What is there and right is not fetched again.
    upstream.asked.length = 0;
    expect((await create()).code).toBe(0);
    expect(upstream.asked.filter((path) => !/sha256|sum|helm.cilium.io|gateway-api/.test(path))).toEqual([]);
  });

  it('goes on where a download broke off', async () => {
    const kubelet = 'dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubelet';
    upstream.wrong.set(kubelet, { cut: 100_000 });
    expect((await create()).code).toBe(0);
    expect(upstream.asked.filter((path) => path.startsWith(kubelet) && !path.includes('sha256'))).toEqual([kubelet, `${kubelet} bytes=100000-`]);
  });

  it('takes no file of another digest', async () => {
    upstream.wrong.set('dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubectl', { body: 'something else' });
    const ran = await create();
    expect(ran.code).toBe(1);
    expect(said(ran)).toMatchSnapshot();
    expect(existsSync(join(project.dir, 'bundle/bin/kubectl'))).toBe(false);
  });

  it('says that a version is not there', async () => {
    expect(said(await create('--set', 'kubernetes=v1.36.99'))).toMatchSnapshot();
  });

  it('takes no login page for a digest', async () => {
    upstream.wrong.set('dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubeadm.sha256', { body: '<html>Log in</html>' });
    expect(said(await create())).toMatchSnapshot();
  });

  it('says that there is no image for the architecture', async () => {
    upstream.wrong.set('registry.k8s.io/v2/pause/manifests/3.10.2', { body: JSON.stringify({ manifests: [{ digest: `sha256:${'1'.repeat(64)}`, size: 1, platform: { architecture: 's390x', os: 'linux' } }] }) });
    expect(said(await create())).toMatchSnapshot();
  });

  it('says that there is no internet', async () => {
    await upstream.close();
    const ran = await create();
    expect(ran.code).toBe(1);
    expect(said(ran)).toMatchSnapshot();
  });

  it('says that the inventory describes no cluster', async () => {
    project.write('inventory/home.yaml', 'groups: { workers: { hosts: { w1: } } }\n');
    expect(said(await create())).toMatchSnapshot();
  });
});
