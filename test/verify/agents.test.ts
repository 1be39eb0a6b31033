import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentsIn, secondsOf } from '../../src/verify/agents.ts';
import { checksOf, type Expected } from '../../src/verify/index.ts';

// Written by us after the documents and the client of each version (domain notes C7, C8), not taken from a cluster.
const folder = new URL('./recorded/', import.meta.url);
const recorded = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const expected = (routing: 'native' | 'vxlan', wish: 'auto' | 'on' = 'on'): Expected => ({ kubernetes: 'v1.36.2', nodes: [], endpoint: { host: 'k8s', port: 6443 }, kubeVip: false, cilium: { routing, ebpfMasquerade: wish, hostRouting: wish }, pools: [], l2: false, gatewayApi: false, hubble: { relay: false } });

const judged = (text: string, routing: 'native' | 'vxlan' = 'native', wish: 'auto' | 'on' = 'on') =>
  checksOf(expected(routing, wish)).cluster.flatMap(({ name, check }) => {
    if (!check || !/Cilium|packets|masquerading|routing on|Hubble sees/.test(name)) return [];
    const { status, evidence } = check.judge({ code: 0, text });
    return [`${status} ${name}: ${evidence}`];
  });

describe('what agents of Cilium say of themselves', () => {
  it.each(readdirSync(folder).filter((name) => name.startsWith('1.')))('is understood of version %s', (file) => {
    const [agent] = agentsIn(recorded(file).split('\n'));
    expect(agent?.why).toBeUndefined();
    expect(agent?.replaces).toMatch(/^(true|strict)$/i);
    expect(agent?.hostRouting).toBe('BPF');
    expect(agent?.masquerading).toBe('BPF');
    expect(agent?.controllers).toEqual({ all: 3, failing: [] });
    expect(judged(recorded(file)).filter((line) => line.startsWith('failed'))).toEqual([]);
  });

  it('is told as evidence', () => {
    expect(judged(recorded('1.20.txt'))).toEqual([
      'ok agents of Cilium are ready: cp1',
      'ok Cilium takes the place of kube-proxy: KubeProxyReplacement True on 1 node',
      'ok packets go by routes: routing Native on 1 node',
      'ok masquerading: masquerading BPF on 1 node',
      'ok routing on the host: host routing BPF on 1 node',
      'ok controllers of Cilium are healthy: 3/3 on 1 node',
      'ok the maps of Cilium are filled: 24 services, 31 backends, 58 addresses, 12 endpoints on 1 node',
      'ok Hubble sees flows: cp1 300.0 flows/s, 14 s of history',
    ]);
  });

  it('fails where it is not as wanted, each check for its own reason', () => {
    const bad = recorded('1.18.txt').replace('"mode": "True"', '"mode": "False"').replace('"Native"', '"Tunnel", "tunnel-protocol": "vxlan"').replace('"intra-host-routing-mode": "BPF"', '"intra-host-routing-mode": "Legacy"').replace('"masquerading": {\n    "enabled": true,\n    "mode": "BPF"', '"masquerading": {\n    "enabled": true,\n    "mode": "Iptables"').replace('"consecutive-failure-count": 0', '"consecutive-failure-count": 4, "last-failure-msg": "no route"').replace('map services 24', 'map services 0').replace('"state": "Ok"', '"state": "Disabled"');
    expect(judged(bad)).toEqual([
      'ok agents of Cilium are ready: cp1',
      'failed Cilium takes the place of kube-proxy: cp1: KubeProxyReplacement is False',
      'failed packets go by routes: cp1: routing is Tunnel vxlan, wanted native',
      'failed masquerading: cp1: masquerading is Iptables, wanted BPF',
      'failed routing on the host: cp1: host routing is Legacy, wanted BPF',
      'failed controllers of Cilium are healthy: cp1: 2/3\nsync-a: no route',
      'failed the maps of Cilium are filled: cp1: nothing in services',
      'failed Hubble sees flows: cp1: Hubble is Disabled',
    ]);
  });

  it('only tells what is left to the nodes, and knows tunnels', () => {
    const legacy = recorded('1.18.txt').replace('"intra-host-routing-mode": "BPF"', '"intra-host-routing-mode": "Legacy"').replace('"Native"', '"Tunnel", "tunnel-protocol": "vxlan"');
    expect(judged(legacy, 'vxlan', 'auto').slice(2, 5)).toEqual(['ok packets go by a tunnel (vxlan): routing Tunnel vxlan on 1 node', 'ok masquerading: masquerading BPF on 1 node', 'ok routing on the host: host routing Legacy on 1 node']);
    expect(judged(legacy.replace('"vxlan"', '"geneve"'), 'vxlan', 'auto')[2]).toBe('failed packets go by a tunnel (vxlan): cp1: routing is Tunnel geneve, wanted vxlan');
  });

  it('is missing where an agent is not ready, or there is none', () => {
    const waiting = judged('== cilium-x w1 false\nconfig: ImagePullBackOff Back-off pulling image\ncilium-agent: PodInitializing \n');
    expect(waiting[0]).toBe('failed agents of Cilium are ready: w1: it is not ready: config: ImagePullBackOff Back-off pulling image');
    expect(waiting.slice(1)).toEqual(waiting.slice(1).map((line) => `skipped ${line.split(' ').slice(1).join(' ').split(': ')[0]}: no agent of Cilium is there to ask`));
    expect(judged('== cilium-x w1 true\nerror: unable to upgrade connection\n')[0]).toBe('failed agents of Cilium are ready: w1: error: unable to upgrade connection');
    expect(judged('')[0]).toBe('failed agents of Cilium are ready: there are no agents of Cilium');
    const half = `${recorded('1.20.txt')}== cilium-y w1 false\n`;
    expect(judged(half).slice(0, 2)).toEqual(['failed agents of Cilium are ready: w1: it is not ready', 'ok Cilium takes the place of kube-proxy: KubeProxyReplacement True on 1 node of 2']);
  });

  it('has durations of Go', () => {
    expect([secondsOf('1h2m3.5s'), secondsOf('250ms'), secondsOf(2_000_000_000), secondsOf(undefined), secondsOf('')]).toEqual([3723.5, 0.25, 2, undefined, undefined]);
  });
});
