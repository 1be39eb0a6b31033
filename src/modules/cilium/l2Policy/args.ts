import { z } from 'zod';
import { kubeconfig, objectName, selector, timeout } from '../../kube/args/fields.ts';
import { unlikeGo } from './goPattern.ts';

const expression = () =>
  z
    .string()
    .min(1, 'must not be empty')
    .superRefine((text, context) => {
      const why = unlikeGo(text);
      if (why !== undefined) context.addIssue({ code: 'custom', message: `is no regular expression of Go: ${why}` });
    });

export const policyArgs = z.strictObject({
  name: objectName().describe('The name of the CiliumL2AnnouncementPolicy.'),
  interfaces: z.array(expression()).default([]).describe('Links that answer, as regular expressions of Go (RE2). None: all that Cilium works on.'),
  links: z.record(z.string(), z.array(z.string())).default({}).describe('The links of each node that may answer, by the name of the node. An expression that none of them meets is refused.'),
  nodeSelector: selector().optional().describe('Which nodes answer. Left out: all.'),
  serviceSelector: selector().optional().describe('For which services. Left out: all.'),
  loadBalancerIPs: z.boolean().default(true).describe('Addresses out of the pools.'),
  externalIPs: z.boolean().default(false).describe("A service's externalIPs."),
  state: z.enum(['present', 'absent']).default('present').describe('`absent` deletes the policy.'),
  kubeconfig: kubeconfig(),
  timeout: timeout(180_000).describe("How long Cilium's operator may take to register the kind, in ms."),
});
export type PolicyArgs = z.output<typeof policyArgs>;
