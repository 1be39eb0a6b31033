import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { yamlStream } from '../../src/modules/kubeadm/documents/document.ts';
import { initDocuments } from '../../src/modules/kubeadm/documents/init.ts';
import { joinDocument } from '../../src/modules/kubeadm/documents/join.ts';
import { ignoredAgain } from '../../src/modules/kubeadm/documents/preflight.ts';
import { initArgs } from '../../src/modules/kubeadm/kubeadmInit/args.ts';
import { joinArgs } from '../../src/modules/kubeadm/kubeadmJoin/args.ts';

const place = { endpoint: { host: '10.0.0.100' }, nodeIp: '10.0.0.11' };
const init = (args: object) => initDocuments(initArgs.parse({ ...place, version: 'v1.36.2', first: true, ...args }));
const credentials = { token: 'abcdef.0123456789abcdef', caCertHash: `sha256:${'0'.repeat(64)}`, certificateKey: 'f'.repeat(64) };
const join = (args: object) => joinDocument(joinArgs.parse({ role: 'worker', ...place, version: 'v1.36.2', credentials, ...args }), credentials);

describe('documents of kubeadm', () => {
  it('have flags as lists since 1.31, and as maps before', () => {
    const flags = { kubeletExtraArgs: { 'max-pods': '200' } };
    expect(init(flags)[0]).toMatchObject({ apiVersion: 'kubeadm.k8s.io/v1beta4', nodeRegistration: { kubeletExtraArgs: [{ name: 'node-ip', value: '10.0.0.11' }, { name: 'max-pods', value: '200' }] } });
    expect(init({ ...flags, version: 'v1.30.4' })[0]).toMatchObject({ apiVersion: 'kubeadm.k8s.io/v1beta3', nodeRegistration: { kubeletExtraArgs: { 'node-ip': '10.0.0.11', 'max-pods': '200' } } });
    expect(join({ ...flags, version: '1.30.4' })).toMatchObject({ apiVersion: 'kubeadm.k8s.io/v1beta3', nodeRegistration: { kubeletExtraArgs: { 'node-ip': '10.0.0.11' } } });
  });

  it('leave kube-proxy out twice, where kubeadm knows both ways', () => {
    expect(init({ skipPhases: ['addon/coredns'] })[0]).toMatchObject({ skipPhases: ['addon/kube-proxy', 'addon/coredns'] });
    expect(init({})[1]).toMatchObject({ proxy: { disabled: true } });
    expect(init({ version: 'v1.30.4' })[1]).not.toHaveProperty('proxy');
    expect(init({ kubeProxy: true })[0]).not.toHaveProperty('skipPhases');
    expect(init({ kubeProxy: true })[1]).not.toHaveProperty('proxy');
  });

  it('put timeouts where their version has them', () => {
    const timeouts = { kubernetesAPICall: '4m0s', controlPlaneComponentHealthCheck: '6m0s' };
    expect(init({ timeouts })[0]).toMatchObject({ timeouts });
    const [old, cluster] = init({ timeouts, version: 'v1.29.7' });
    expect(old).not.toHaveProperty('timeouts');
    expect(cluster).toMatchObject({ apiServer: { timeoutForControlPlane: '6m0s' } });
    expect(join({ timeouts })).toMatchObject({ timeouts });
    expect(join({ timeouts, version: 'v1.29.7' })).not.toHaveProperty('timeouts');
  });

  it('name the endpoint, its address and more in the certificate, each once', () => {
    const [, cluster] = init({ endpoint: { host: 'api.lan', address: '10.0.0.100', port: 8443 }, certSANs: ['10.0.0.100', 'api.example.org'] });
    expect(cluster).toMatchObject({ controlPlaneEndpoint: 'api.lan:8443', apiServer: { certSANs: ['api.lan', '10.0.0.100', 'api.example.org'] } });
    expect(init({ endpoint: { host: 'fd00::100' } })[1]).toMatchObject({ controlPlaneEndpoint: '[fd00::100]:6443' });
  });

  it('are overridden last: maps key by key, lists whole, null away', () => {
    const override = {
      init: { nodeRegistration: { imagePullPolicy: 'Never', criSocket: null }, skipPhases: ['addon/kube-proxy', 'show-join-command'] },
      cluster: { etcd: { local: { dataDir: '/data/etcd' } }, networking: { dnsDomain: 'lan' } },
      kubelet: { cgroupDriver: 'cgroupfs', failCgroupV1: false, featureGates: { KubeletInUserNamespace: true } },
    };
    const [first, cluster, kubelet] = init({ override });
    expect(first).toMatchObject({ nodeRegistration: { imagePullPolicy: 'Never' }, skipPhases: ['addon/kube-proxy', 'show-join-command'] });
    expect(first?.nodeRegistration).not.toHaveProperty('criSocket');
    expect(cluster).toMatchObject({ etcd: { local: { dataDir: '/data/etcd' } }, networking: { dnsDomain: 'lan', serviceSubnet: '10.96.0.0/12' } });
    expect(kubelet).toEqual({ apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...override.kubelet });
    expect(join({ override: { join: { discovery: { bootstrapToken: { unsafeSkipCAVerification: true } } } } })).toMatchObject({ discovery: { bootstrapToken: { token: credentials.token, unsafeSkipCAVerification: true } } });
  });

  it('name all preflight checks alone, or kubeadm complains', () => {
    expect(init({ ignorePreflightErrors: ['NumCPU', 'all'] })[0]).toMatchObject({ nodeRegistration: { ignorePreflightErrors: ['all'] } });
    expect(ignoredAgain({ ignorePreflightErrors: ['All', 'Swap'], bindPort: 6443 })).toEqual(['all']);
    expect(ignoredAgain({ ignorePreflightErrors: ['Swap', 'Port-6443'], bindPort: 6443 }).filter((name) => name === 'Port-6443')).toHaveLength(1);
  });

  it('give the certificate key to control planes alone', () => {
    expect(join({ role: 'controlPlane' })).toMatchObject({ controlPlane: { certificateKey: credentials.certificateKey, localAPIEndpoint: { advertiseAddress: '10.0.0.11', bindPort: 6443 } } });
    expect(JSON.stringify(join({}))).not.toContain(credentials.certificateKey);
  });

  it('are one stream of YAML that keeps texts texts', () => {
    const text = yamlStream(init({ taints: [], kubeletExtraArgs: { v: '2' } }));
    const [first, cluster, kubelet] = parseAllDocuments(text).map((one) => one.toJS() as unknown);
    expect([first, cluster, kubelet]).toEqual(init({ taints: [], kubeletExtraArgs: { v: '2' } }));
    expect(text).toContain('taints: []');
    expect(text).toContain('value: "2"');
  });
});
