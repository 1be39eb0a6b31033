import { broken, type Finding, ok, untested } from '../finding.ts';
import type { ClusterSpec } from '../spec/index.ts';
import { bare, ciliumFor, ciliumMinors, isAtLeast, minorOf, versionsOf } from '../versions.ts';

/** Versions that are known not to work together, and those that nobody vouches for. Numbers of traps: the project's domain notes. */
export function versionFindings(spec: ClusterSpec): Finding[] {
  const { kubernetes, cilium, gatewayApi, kubeVip } = versionsOf(spec);
  return [...ofKubernetes(spec, kubernetes), ...(cilium === undefined ? [] : ofCilium(spec, kubernetes, cilium)), ...(gatewayApi === undefined || cilium === undefined ? [] : ofGatewayApi(gatewayApi, cilium)), ...(kubeVip === undefined ? [] : ofKubeVip(kubernetes, kubeVip))];
}

function ofKubernetes(spec: ClusterSpec, version: string): Finding[] {
  const subject = `Kubernetes ${version}`;
  const path = ['kubernetes', 'version'];
  const is = bare(version);
  if (!isAtLeast(is, '1.29.0')) return [broken(subject, 'it is older than what Plinth knows how to install', { path, hint: 'Use 1.30 or newer: older minors get no fixes any more.' })];
  if (is === '1.32.0') return [broken(subject, '`kubeadm upgrade` of 1.32.0 brings kube-proxy back although it is disabled', { path, source: 'kubernetes/kubeadm#3137', hint: 'Use 1.32.1 or newer.' })];
  if (is === '1.29.0' && spec.kubeVip !== false) return [broken(subject, 'hostAliases of static pods are ignored, so kube-vip cannot reach the API', { path, source: 'kube-vip/kube-vip#692', hint: 'Use 1.29.7 or newer.' })];
  const isEarly = (from: string, to: string): boolean => isAtLeast(is, from) && !isAtLeast(is, to);
  if (spec.kubeVip !== false && (isEarly('1.34.2', '1.34.8') || isEarly('1.35.0', '1.35.5'))) {
    return [untested(subject, 'kubeadm init of this patch may speak to the endpoint before kube-vip holds it, and fail', { path, source: 'kubernetes/kubeadm#3294, kubernetes/kubernetes#138449', hint: 'Take the newest patch of this minor: the mend came in May 2026. A failed init is tried again by the next apply.' })];
  }
  return [ok(subject, 'nothing is known against it', { path })];
}

function ofCilium(spec: ClusterSpec, kubernetes: string, cilium: string): Finding[] {
  const subject = `Cilium ${cilium} with Kubernetes ${kubernetes}`;
  const path = ['cilium', 'version'];
  const known = ciliumMinors[minorOf(cilium)];
  if (!isAtLeast(cilium, '1.16.0')) return [broken(subject, 'Plinth writes values for Cilium 1.16 and newer', { path, hint: `Use ${ciliumFor(kubernetes)}.` })];
  if (!known) return [untested(subject, 'this minor of Cilium is newer than what Plinth knows', { path, hint: 'Its keys are checked as those of 1.20.' })];
  const [from, to] = known.tested;
  const isTested = isAtLeast(minorOf(kubernetes), from) && isAtLeast(to, minorOf(kubernetes));
  const range = from === to ? from : `${from} to ${to}`;
  return [
    isTested
      ? ok(subject, `the authors of Cilium test with ${range}`, { path, source: 'Cilium documentation, network/kubernetes/compatibility' })
      : untested(subject, `the authors of Cilium test with ${range}`, { path, source: 'Cilium documentation, network/kubernetes/compatibility', ...(spec.cilium !== false && minorOf(ciliumFor(kubernetes)) !== minorOf(cilium) ? { hint: `${ciliumFor(kubernetes)} is nearer to it.` } : {}) }),
  ];
}

function ofGatewayApi(crds: string, cilium: string): Finding[] {
  const subject = `Gateway API ${crds} with Cilium ${cilium}`;
  const path = ['gatewayApi', 'version'];
  const wanted = ciliumMinors[minorOf(cilium)]?.gatewayApi;
  if (wanted !== undefined && minorOf(wanted) === minorOf(crds)) return [ok(subject, 'Cilium is built for these CRDs', { path })];
  const hint = wanted === undefined ? 'See the Gateway API page of this Cilium.' : `Leave the version out, or take ${wanted}.`;
  if (isAtLeast(bare(crds), '1.5.0') && !isAtLeast(cilium, '1.20.0')) return [broken(subject, 'these CRDs do not serve TLSRoute v1alpha2, and the operator of Cilium before 1.20 crashes without it', { path, source: 'cilium/cilium#44920, #45139', hint })];
  if (!isAtLeast(bare(crds), '1.6.0') && isAtLeast(cilium, '1.20.0')) return [broken(subject, 'Cilium 1.20 wants v1 of TLSRoute, ReferenceGrant and BackendTLSPolicy, which these CRDs do not serve', { path, source: 'Gateway API 1.6 release notes, Cilium 1.20 charts', hint })];
  return [untested(subject, `Cilium is built for ${wanted ?? 'other CRDs'}`, { path, hint })];
}

function ofKubeVip(kubernetes: string, version: string): Finding[] {
  const subject = `kube-vip ${version}`;
  const path = ['kubeVip', 'version'];
  if (bare(version) === '1.2.2') return [broken(subject, 'it speaks to the API through the address it should bring up, so failover locks up', { path, source: 'kube-vip/kube-vip#1658', hint: 'Use v1.2.3.' })];
  if (!isAtLeast(bare(version), '0.8.0')) return [broken(subject, 'its variables are other ones than Plinth writes', { path, hint: 'Use v1.2.3.' })];
  return [ok(`${subject} with Kubernetes ${kubernetes}`, 'nothing is known against it', { path })];
}
