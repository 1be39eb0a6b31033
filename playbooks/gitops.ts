import { readFileSync } from 'node:fs';
import { first, openBundle, playbook, PlinthError, type Secret } from 'plinth';
import { command, directory, file, helmRelease, kubeManifest, kubeWait } from 'plinth/modules';
import type { z } from 'zod';
import { fleet } from '../inventory/schema.ts';

const tools = {
  flux: { namespace: 'flux-system', release: 'flux', chart: 'flux2', repo: 'https://fluxcd-community.github.io/helm-charts', workloads: [['Deployment', 'source-controller'], ['Deployment', 'kustomize-controller']] },
  argocd: { namespace: 'argocd', release: 'argocd', chart: 'argo-cd', repo: 'https://argoproj.github.io/argo-helm', workloads: [['Deployment', 'argocd-repo-server'], ['Deployment', 'argocd-server'], ['StatefulSet', 'argocd-application-controller']] },
} as const;

/** Credentials of the repository, as they are sent to the API. */
const credentialsFile = '/etc/kubernetes/plinth/gitops-credentials.json';
const kubectl = 'kubectl --kubeconfig=/etc/kubernetes/admin.conf';

/**
 * Hands a cluster over to Flux or Argo CD: installs it by Helm or from manifests, gives it the repository and its credentials, and
 * waits until it has synced. What runs in the cluster is the repository's from then on; the nodes stay with Plinth.
 */
export default playbook(fleet, ({ play, groups }) => {
  const [host] = groups.controlPlane.hosts;
  const wanted = host?.vars.gitops;
  if (!wanted) throw new PlinthError({ cause: 'inventory', summary: 'the inventory does not say to whom the cluster is handed over', hint: 'Write `gitops: { tool: flux, install: ..., url: ... }` under `vars:`; see docs/gitops.md.' });
  const { tool, install } = wanted;
  const { namespace, release, chart, repo, workloads } = tools[tool];
  const source = host.vars.cluster?.source;
  const bundle = source === undefined || source === 'packages' ? undefined : openBundle(source.bundle);
  const timeout = wanted.timeout * 1000;

  play('Hand-over', first(groups.controlPlane), ({ task }) => {
    if ('chart' in install) {
      const { version, values, repo: other } = install.chart;
      const bundled = bundle?.charts.find((one) => one.name === chart);
      task(`${chart} by Helm`, helmRelease, { name: release, namespace, chart, version, values, timeout, crds: 'upgrade', ...(bundled && other === undefined ? { file: bundled.file.content } : { repo: other ?? repo }) });
    } else {
      const text = readFileSync(install.manifests, 'utf8');
      // Flux publishes its namespace with the rest, Argo CD does not.
      const has = new RegExp(`^kind: Namespace\\n(?:.*\\n){0,12}? +name: ${namespace}$`, 'm').test(text);
      task(`manifests of ${tool}`, kubeManifest, { set: release, manifests: [text], objects: has ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }], timeout });
    }
    for (const [kind, name] of workloads) task(`${name} runs`, kubeWait, { kind, namespace, name, timeout });

    const credentials = credentialsOf(wanted, namespace);
    if (credentials) {
      task('folder of credentials', directory, { path: '/etc/kubernetes/plinth', mode: '0700' });
      task('credentials of the repository', file, { path: credentialsFile, content: credentials, mode: '0600' });
      task('credentials are in the cluster', command, { run: `${kubectl} apply --server-side --force-conflicts --field-manager=plinth -f ${credentialsFile}`, unless: `${kubectl} diff --server-side --force-conflicts --field-manager=plinth -f ${credentialsFile} >/dev/null 2>&1` });
    } else {
      task('no credentials', file, { path: credentialsFile, state: 'absent' });
    }

    task('what is synced', kubeManifest, { set: 'gitops', objects: syncOf(wanted, namespace), timeout });
    if (tool === 'flux') task('the first sync', kubeWait, { kind: 'Kustomization', apiVersion: 'kustomize.toolkit.fluxcd.io/v1', namespace, name: wanted.name, until: { condition: 'Ready' }, timeout });
  });
});

type Wanted = NonNullable<z.output<typeof fleet.shared>['gitops']>;

/** The Secret as each tool reads it, or undefined for a repository that anybody may read. */
function credentialsOf({ tool, name, url, username, token, sshKey, knownHosts }: Wanted, namespace: string): Secret<string> | undefined {
  const key = token ?? sshKey;
  return key?.map('credentials of the repository', (value) => {
    const over = token ? { username, password: value } : tool === 'flux' ? { identity: `${value.trimEnd()}\n`, known_hosts: knownHosts ?? '' } : { sshPrivateKey: `${value.trimEnd()}\n` };
    const labels = tool === 'argocd' ? { 'argocd.argoproj.io/secret-type': 'repository' } : {};
    const stringData = tool === 'argocd' ? { type: 'git', url, ...over } : over;
    return `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName(name), namespace, labels }, stringData })}\n`;
  });
}

const secretName = (name: string): string => `${name}-repository`;

/** What the tool is told to follow. */
function syncOf({ tool, name, url, branch, path, interval, prune, token, sshKey }: Wanted, namespace: string) {
  const metadata = { name, namespace };
  const folder = path.replace(/^\.\//, '').replace(/^\.$/, '');
  if (tool === 'argocd') {
    return [
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata,
        spec: { project: 'default', source: { repoURL: url, targetRevision: branch, path: folder === '' ? '.' : folder }, destination: { server: 'https://kubernetes.default.svc' }, syncPolicy: { automated: { prune, selfHeal: true }, syncOptions: ['ServerSideApply=true'] } },
      },
    ];
  }
  return [
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata, spec: { interval, url, ref: { branch }, ...(token || sshKey ? { secretRef: { name: secretName(name) } } : {}) } },
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec: { interval, path: `./${folder}`, prune, sourceRef: { kind: 'GitRepository', name } } },
  ];
}
