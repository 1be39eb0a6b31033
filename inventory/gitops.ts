import { secret } from 'plinth';
import { z } from 'zod';

const name = () => z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be lower case letters, digits and dashes');

/** How the tool itself gets into the cluster. */
const install = z.union([
  z.strictObject({
    chart: z
      .strictObject({
        version: z.string().regex(/^v?\d+\.\d+\.\d+([-+].*)?$/, 'must be a whole version, such as 2.17.1').describe('The version of the chart flux2, or argo-cd.'),
        repo: z.url({ protocol: /^https?$/ }).optional().describe('Another repository than that of its authors. A bundle that holds the chart comes first.'),
        values: z.record(z.string(), z.json()).default({}).describe("The chart's values."),
      })
      .describe('By Helm.'),
  }),
  z.strictObject({ manifests: z.string().describe('A file of YAML documents, from the working folder, each with its namespace: `flux install --export`, or `kubectl kustomize` of what Argo CD publishes.') }),
]);

/** To whom the cluster is handed over: the variable `gitops`, for gitops.ts. */
export const gitops = z
  .strictObject({
    tool: z.enum(['flux', 'argocd']).describe('Flux or Argo CD.'),
    install: install.describe('How it is installed.'),
    name: name().default('cluster').describe('The name of what it syncs.'),
    url: z.string().regex(/^(https?|ssh):\/\/\S+$/, 'must be https://... or ssh://git@host/owner/repository').describe('The repository.'),
    branch: z.string().default('main').describe('The branch to follow.'),
    path: z.string().default('.').describe('The folder within it.'),
    interval: z.string().regex(/^\d+(s|m|h)$/, 'must be a time such as 5m').default('5m').describe('How often it looks. Argo CD has its own setting.'),
    prune: z.boolean().default(true).describe('What leaves the repository leaves the cluster.'),
    username: z.string().default('git').describe('For a token over https.'),
    token: secret().optional().describe('Reads the repository over https.'),
    sshKey: secret().optional().describe('The private key, for ssh://.'),
    knownHosts: z.string().optional().describe('Keys of the host of the repository, as in known_hosts: Flux wants them with an SSH key.'),
    timeout: z.int().min(1).default(600).describe('How long the tool and the first sync may take, in seconds.'),
  })
  .refine(({ url, sshKey, token }) => !(sshKey && token) && !(sshKey && !url.startsWith('ssh://')) && !(token && url.startsWith('ssh://')), { path: ['url'], message: 'goes with a token over https://, with an SSH key over ssh://' })
  .refine(({ tool, sshKey, knownHosts }) => tool !== 'flux' || !sshKey || knownHosts !== undefined, { path: ['knownHosts'], message: 'is needed: Flux does not trust a host by itself' });
