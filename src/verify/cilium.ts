import { type Check, type Judgement, type Reading, type Said, sh } from '../contract/index.ts';
import { type Agent, agentsIn } from './agents.ts';
import { asking, count, failed, heard, ok, skipped } from './ask.ts';
import type { ExpectedCilium } from './input.ts';

// In the pod the program is cilium-dbg since 1.15. A row with [flags] is a service, the others are its backends.
const inPod = `b=cilium-dbg; command -v $b >/dev/null 2>&1 || b=cilium
$b status -o json; echo
lb=$($b bpf lb list 2>/dev/null)
echo "map services $(printf "%s\\n" "$lb" | grep -c "\\[")"
echo "map backends $(printf "%s\\n" "$lb" | grep -v "\\[" | grep -cE ":[0-9]+")"
echo "map ipcache $($b bpf ipcache list 2>/dev/null | grep -c /)"
echo "map endpoints $($b bpf endpoint list 2>/dev/null | grep -cE "^[0-9a-f.:]+ ")"`;

/** All agents, one after another, in one reading for all checks of them. */
export const agentStatus = (): Reading<Said> =>
  asking(sh`pods=$(k get pods -n kube-system -l k8s-app=cilium -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.nodeName} {.status.containerStatuses[?(@.name=="cilium-agent")].ready}{"\n"}{end}')
printf '%s\n' "$pods" | while read -r pod node ready; do
  if [ -z "$pod" ]; then continue; fi
  printf '== %s %s %s\n' "$pod" "$node" "$ready"
  if [ "$ready" = true ]; then k exec -n kube-system "$pod" -c cilium-agent -- sh -c ${inPod} </dev/null 2>&1 || :
  else k get pod -n kube-system "$pod" -o 'jsonpath={range .status.initContainerStatuses[?(@.ready==false)]}{.name}: {.state.waiting.reason} {.state.waiting.message}{"\n"}{end}{range .status.containerStatuses[?(@.ready==false)]}{.name}: {.state.waiting.reason} {.state.waiting.message}{"\n"}{end}' || :; fi
done`);

/** A check of every agent: what it says, or undefined where it is as it should be. */
const ofEach = (name: string, reading: Reading<Said>, shown: (agent: Agent) => string, wrong: (agent: Agent) => string | undefined, hint: string): Check => ({
  name,
  reading,
  judge: heard((lines): Judgement => {
    const agents = agentsIn(lines);
    const telling = agents.filter(({ why }) => why === undefined);
    if (telling.length === 0) return skipped('no agent of Cilium is there to ask');
    const bad = telling.flatMap((agent) => {
      const why = wrong(agent);
      return why === undefined ? [] : [`${agent.node}: ${why}`];
    });
    if (bad.length > 0) return failed(bad.join('\n'), hint);
    const said = [...new Set(telling.map(shown))];
    return ok(`${said.join('; ')} on ${count(telling.length, 'node')}${telling.length < agents.length ? ` of ${agents.length}` : ''}`);
  }),
});

/** An agent on every node, ready and able to tell of itself: the others are told of here, and of nowhere else. */
export const agentsReady = (reading: Reading<Said>): Check => ({
  name: 'agents of Cilium are ready',
  reading,
  judge: heard((lines) => {
    const agents = agentsIn(lines);
    if (agents.length === 0) return failed('there are no agents of Cilium', 'kubectl -n kube-system get ds cilium');
    const bad = agents.flatMap(({ node, pod, why }) => (why === undefined ? [] : [`${node || pod}: ${why}`]));
    return bad.length > 0 ? failed(bad.join('\n'), 'kubectl -n kube-system describe pods -l k8s-app=cilium') : ok(`${agents.map(({ node }) => node).join(', ')}`);
  }),
});

/** What every agent must say of itself. */
export function agentChecks({ routing, ebpfMasquerade, hostRouting }: ExpectedCilium, reading: Reading<Said>): readonly Check[] {
  const tunnel = routing === 'native' ? 'native' : 'tunnel';
  return [
    agentsReady(reading),
    ofEach('Cilium takes the place of kube-proxy', reading, ({ replaces }) => `KubeProxyReplacement ${replaces}`, ({ replaces }) => (/^(true|strict)$/i.test(replaces ?? '') ? undefined : `KubeProxyReplacement is ${replaces ?? 'not told'}`), 'Set kubeProxyReplacement: true in the values of Cilium.'),
    ofEach(
      `packets go by ${routing === 'native' ? 'routes' : `a tunnel (${routing})`}`,
      reading,
      (agent) => `routing ${agent.routing ?? 'is not told by this version'}`,
      (agent) => (agent.routing === undefined || (agent.routing.toLowerCase().startsWith(tunnel) && (tunnel === 'native' || !agent.routing.includes(' ') || agent.routing.toLowerCase().includes(routing))) ? undefined : `routing is ${agent.routing}, wanted ${routing}`),
      'Agents keep the routing they started with: restart them after a change of routingMode.',
    ),
    ofEach('masquerading', reading, ({ masquerading }) => `masquerading ${masquerading ?? 'is not told'}`, ({ masquerading }) => (ebpfMasquerade === 'on' && !/^bpf$/i.test(masquerading ?? '') ? `masquerading is ${masquerading ?? 'not told'}, wanted BPF` : undefined), 'Set bpf.masquerade: true; the agents say in their log what stands in the way.'),
    ofEach('routing on the host', reading, (agent) => `host routing ${agent.hostRouting ?? 'is not told'}`, (agent) => (hostRouting === 'on' && !/^bpf$/i.test(agent.hostRouting ?? '') ? `host routing is ${agent.hostRouting ?? 'not told'}, wanted BPF` : undefined), 'It needs eBPF masquerading, KubeProxyReplacement and a kernel of 5.10 or newer.'),
    ofEach(
      'controllers of Cilium are healthy',
      reading,
      ({ controllers }) => `${(controllers?.all ?? 0) - (controllers?.failing.length ?? 0)}/${controllers?.all ?? 0}`,
      ({ controllers }) => (controllers && controllers.failing.length > 0 ? `${controllers.all - controllers.failing.length}/${controllers.all}\n${controllers.failing.join('\n')}` : undefined),
      'cilium-dbg status --all-controllers, in the pod of that node',
    ),
    ofEach(
      'the maps of Cilium are filled',
      reading,
      ({ maps }) => `${maps.services ?? 0} services, ${maps.backends ?? 0} backends, ${maps.ipcache ?? 0} addresses, ${maps.endpoints ?? 0} endpoints`,
      ({ maps }) => {
        const empty = ['services', 'backends', 'ipcache', 'endpoints'].filter((name) => !((maps[name] ?? 0) > 0));
        return empty.length === 0 ? undefined : `nothing in ${empty.join(', ')}`;
      },
      'An agent that cannot reach the API fills none: check k8sServiceHost.',
    ),
  ];
}

/** How long Hubble remembers: the size of the ring over the rate of flows. */
export const hubbleHistory = (reading: Reading<Said>): Check => ({
  name: 'Hubble sees flows',
  reading,
  judge: heard((lines) => {
    const agents = agentsIn(lines).filter(({ why }) => why === undefined);
    if (agents.length === 0) return skipped('no agent of Cilium is there to ask');
    const bad = agents.flatMap(({ node, hubble }) => (hubble?.state.toLowerCase() === 'ok' ? [] : [`${node}: Hubble is ${hubble?.state || 'not told'}`]));
    if (bad.length > 0) return failed(bad.join('\n'), 'Set hubble.enabled: true in the values of Cilium.');
    const rates = agents.flatMap(({ node, hubble }) => {
      if (!hubble?.seconds) return [];
      const rate = hubble.seen / hubble.seconds;
      return [`${node} ${rate.toFixed(1)} flows/s, ${rate > 0 ? `${Math.round(hubble.max / rate)} s of history` : `${hubble.max} flows kept`}`];
    });
    return rates.length === 0 ? skipped('Hubble is Ok, and tells no rate') : ok(rates.join('; '));
  }),
});
