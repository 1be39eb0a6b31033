import { type Check, sh } from '../contract/index.ts';
import { asking, count, failed, heard, ok, skipped } from './ask.ts';

/** A lease for each address that is announced, and who holds it. All on one node is legal, and worth knowing. */
export const leases = (): Check => ({
  name: 'every announced service has a lease',
  reading: asking(sh`k get services -A -o 'jsonpath={range .items[?(@.spec.type=="LoadBalancer")]}service {.metadata.namespace} {.metadata.name} {.status.loadBalancer.ingress[0].ip}{"\n"}{end}'
k get leases -n kube-system -o 'jsonpath={range .items[*]}lease {.metadata.name} {.spec.holderIdentity}{"\n"}{end}' | grep '^lease cilium-l2announce-' || :`),
  judge: heard((lines) => {
    const services = lines.flatMap((line) => (line.startsWith('service ') ? [{ namespace: line.split(' ')[1] ?? '', name: line.split(' ')[2] ?? '', ip: line.split(' ')[3] ?? '' }] : []));
    const held = new Map(lines.flatMap((line) => (line.startsWith('lease ') ? [[line.split(' ')[1]?.slice('cilium-l2announce-'.length) ?? '', line.split(' ')[2] ?? ''] as const] : [])));
    const announced = services.filter(({ ip }) => ip !== '');
    if (announced.length === 0) return skipped('no service has an address of a load balancer');
    const without = announced.filter(({ namespace, name }) => !held.get(`${namespace}-${name}`));
    if (without.length > 0) return failed(without.map(({ namespace, name, ip }) => `${namespace}/${name} (${ip}) is announced by nobody`).join('\n'), 'A CiliumL2AnnouncementPolicy must select the service and a node, and one of its interfaces must be among the devices of Cilium.');
    const holders = new Map<string, number>();
    for (const { namespace, name } of announced) {
      const holder = held.get(`${namespace}-${name}`) ?? '';
      holders.set(holder, (holders.get(holder) ?? 0) + 1);
    }
    const spread = [...holders].map(([node, number]) => `${node} ${number}`).join(', ');
    return ok(`${count(announced.length, 'lease')}: ${spread}${holders.size === 1 && announced.length > 1 ? ' (all on one node: it fails, and all move)' : ''}`);
  }),
});

/** Pools that are there, do not overlap, and have addresses left; services that still wait for one. */
export const poolUsage = (names: readonly string[]): Check => ({
  name: 'pools have addresses',
  reading: asking(sh`k get ciliumloadbalancerippools.cilium.io -o 'jsonpath={range .items[*]}pool|{.metadata.name}{range .status.conditions[*]}|{.type}={.status}={.message}{end}{"\n"}{end}'
k get services -A -o 'jsonpath={range .items[?(@.spec.type=="LoadBalancer")]}service|{.metadata.namespace}/{.metadata.name}|{.status.loadBalancer.ingress[0].ip}{"\n"}{end}'`),
  judge: heard((lines) => {
    const pools = lines.flatMap((line) => (line.startsWith('pool|') ? [poolIn(line)] : []));
    const waiting = lines.flatMap((line) => (line.startsWith('service|') && line.endsWith('|') ? [`${line.split('|')[1]} waits for an address`] : []));
    const problems = [
      ...names.filter((name) => !pools.some((pool) => pool.name === name)).map((name) => `there is no pool ${name}`),
      ...pools.flatMap(({ name, conflict, available, total }) => [...(conflict === undefined ? [] : [`${name} is in conflict: ${conflict}`]), ...(available === 0 && total !== undefined ? [`${name} has none of its ${total} addresses left`] : [])]),
      ...waiting,
    ];
    if (problems.length > 0) return failed(problems.join('\n'), 'Give the pool more blocks, or see why no pool selects the service: kubectl describe svc');
    return ok(pools.map(({ name, used, total }) => `${name}: ${used ?? '?'} of ${total ?? '?'} in use`).join('; '));
  }),
});

function poolIn(line: string) {
  const [, name = '', ...conditions] = line.split('|');
  const of = (type: string) => {
    const [, state = '', message = ''] = conditions.find((one) => one.startsWith(`cilium.io/${type}=`))?.split('=') ?? [];
    return { state, message };
  };
  const numberOf = (type: string): number | undefined => (/^\d+$/.test(of(type).message) ? Number(of(type).message) : undefined);
  const conflict = of('PoolConflict');
  return { name, conflict: conflict.state === 'True' ? conflict.message || 'its addresses are in another pool too' : undefined, available: numberOf('IPsAvailable'), total: numberOf('IPsTotal'), used: numberOf('IPsUsed') };
}

/** Cilium has taken the class of gateways as its own. */
export const gatewayClass = (): Check => ({
  name: 'the class of gateways is accepted',
  reading: asking(sh`k get gatewayclasses.gateway.networking.k8s.io cilium --ignore-not-found -o 'jsonpath={range .status.conditions[?(@.type=="Accepted")]}{.status}|{.reason}|{.message}{end}{"\n"}there'`),
  judge: heard((lines) => {
    if (!lines.includes('there')) return failed('there is no GatewayClass cilium', 'It is made when Cilium is rendered while the CRDs are there: apply the release again.');
    const [state = '', reason = '', message = ''] = (lines.find((line) => line.includes('|')) ?? '').split('|');
    return state === 'True' ? ok(`cilium is accepted (${reason})`) : failed(`cilium is not accepted: ${[reason, message].filter(Boolean).join(': ') || 'its controller has not looked at it'}`, 'Cilium needs gatewayAPI.enabled and the CRDs of the version it is built for.');
  }),
});

/** The relay is there for flows of all nodes. */
export const hubbleRelay = (): Check => ({
  name: 'Hubble relay is available',
  reading: asking(sh`k get deployment -n kube-system hubble-relay --ignore-not-found -o 'jsonpath={.spec.replicas}|{.status.availableReplicas}'`),
  judge: heard(([line = '']) => {
    const [wanted = '', available = ''] = line.split('|');
    if (wanted === '') return failed('there is no hubble-relay', 'Set hubble.relay.enabled: true in the values of Cilium.');
    return Number(available || 0) >= Number(wanted) ? ok(`${available} of ${wanted} available`) : failed(`${available || 0} of ${wanted} available`, 'kubectl -n kube-system describe deployment hubble-relay');
  }),
});
