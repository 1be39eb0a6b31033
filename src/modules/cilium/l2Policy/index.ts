import { defineModule, read, type Refusal, refuse } from '../../../contract/index.ts';
import type { Wanted } from '../../kube/objects/manifest.ts';
import { planGone, planObject } from '../../kube/objects/plan-object.ts';
import { type PolicyArgs, policyArgs } from './args.ts';
import { compile } from './goPattern.ts';

// `v2alpha1` in all versions up to 1.20.
const apiVersion = 'cilium.io/v2alpha1';
const kind = 'CiliumL2AnnouncementPolicy';

/** Without a policy no address is announced. Expressions are held against the links that the nodes have, before anything is applied. */
export const l2Policy = defineModule({
  name: 'l2Policy',
  summary: 'Which nodes answer ARP for the addresses of services, and on which links.',

  args: policyArgs,

  observe: ({ name, kubeconfig }) => ({ found: read.kube({ apiVersion, kind, name }, kubeconfig) }),

  *plan(args, { found }) {
    const wanted = policyOf(args);
    if (args.state === 'absent') return yield* planGone(wanted, found, args);
    const unmet = unmetBy(args);
    if (unmet) return yield unmet;
    yield* planObject(wanted, found, { ...args, force: true });
  },
});

const policyOf = ({ name, interfaces, nodeSelector, serviceSelector, loadBalancerIPs, externalIPs }: PolicyArgs): Wanted => ({
  apiVersion,
  kind,
  metadata: { name },
  spec: { ...(interfaces.length > 0 ? { interfaces } : {}), ...(nodeSelector === undefined ? {} : { nodeSelector }), ...(serviceSelector === undefined ? {} : { serviceSelector }), loadBalancerIPs, externalIPs },
});

/** Expressions that meet no link of any node, and nodes none of whose links is met. */
function unmetBy({ interfaces, links }: PolicyArgs): Refusal | undefined {
  const nodes = Object.entries(links);
  if (interfaces.length === 0 || nodes.length === 0) return undefined;
  const tests = interfaces.map((text) => ({ text, test: compile(text) }));
  const have = nodes.map(([node, names]) => `${node} has ${names.join(', ') || 'none'}`).join('\n');
  const idle = tests.filter(({ test }) => !nodes.some(([, names]) => names.some((name) => test(name))));
  if (idle.length > 0) return refuse(`no link of any node is meant by ${idle.map(({ text }) => text).join(' and ')}`, have, { hint: 'Expressions are of Go and match anywhere in a name: ^eth0$ is only eth0.', final: true });
  const silent = nodes.filter(([, names]) => !names.some((name) => tests.some(({ test }) => test(name))));
  if (silent.length === 0) return undefined;
  return refuse(`${silent.map(([node]) => node).join(', ')} would announce nothing: no link is meant by ${interfaces.join(' or ')}`, have, { hint: 'Add an expression for their links, or leave these nodes out by nodeSelector.', final: true });
}
