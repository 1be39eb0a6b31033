import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fleet } from '../../inventory/schema.ts';
import gitops from '../../playbooks/gitops.ts';
import { Secret } from '../../src/contract/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-gitops-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The tasks of the hand-over, with their parsed arguments. */
function tasksFor(wanted: object): Map<string, unknown> {
  const vars = fleet.shared.parse({ gitops: wanted });
  const program = gitops.build({ hosts: ['cp1', 'cp2'].map((name) => ({ name, groups: ['controlPlane'], vars })), groups: { controlPlane: ['cp1', 'cp2'], workers: [] } });
  expect(program.plays.map(({ hosts }) => hosts)).toEqual([['cp1']]);
  return new Map(program.plays[0]?.evaluate('cp1').tasks.map((task) => [task.name, task.args]));
}

const secretOf = (value: string): Secret<string> => new Secret('secret age:git', async () => value);
const chart = { chart: { version: '2.17.1' } };
const credentials = z.object({ content: z.instanceof(Secret<string>), mode: z.literal('0600') });
const sent = async (tasks: Map<string, unknown>): Promise<unknown> => JSON.parse(await credentials.parse(tasks.get('credentials of the repository')).content.resolve());

describe('gitops.ts hands over', () => {
  it('to Flux by Helm, with a token', async () => {
    const tasks = tasksFor({ tool: 'flux', install: chart, url: 'https://git.example/home/cluster', path: './clusters/home', token: secretOf('to"ken') });
    expect([...tasks.keys()]).toEqual(['flux2 by Helm', 'source-controller runs', 'kustomize-controller runs', 'folder of credentials', 'credentials of the repository', 'credentials are in the cluster', 'what is synced', 'the first sync']);
    expect(tasks.get('flux2 by Helm')).toMatchObject({ name: 'flux', namespace: 'flux-system', chart: 'flux2', version: '2.17.1', repo: 'https://fluxcd-community.github.io/helm-charts' });
    expect(await sent(tasks)).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster-repository', namespace: 'flux-system', labels: {} }, stringData: { username: 'git', password: 'to"ken' } });
    expect(tasks.get('what is synced')).toMatchObject({
      objects: [
        { kind: 'GitRepository', metadata: { name: 'cluster', namespace: 'flux-system' }, spec: { url: 'https://git.example/home/cluster', ref: { branch: 'main' }, interval: '5m', secretRef: { name: 'cluster-repository' } } },
        { kind: 'Kustomization', spec: { path: './clusters/home', prune: true, sourceRef: { kind: 'GitRepository', name: 'cluster' } } },
      ],
    });
    expect(JSON.stringify([...tasks])).not.toContain('to\\"ken');
  });

  it('to Argo CD by Helm, with an SSH key', async () => {
    const tasks = tasksFor({ tool: 'argocd', install: { chart: { version: '9.1.0', values: { dex: { enabled: false } } } }, url: 'ssh://git@git.example/home/cluster', sshKey: secretOf('KEY'), prune: false });
    expect(tasks.get('argo-cd by Helm')).toMatchObject({ name: 'argocd', namespace: 'argocd', values: { dex: { enabled: false } } });
    expect([...tasks.keys()].filter((name) => name.endsWith('runs'))).toEqual(['argocd-repo-server runs', 'argocd-server runs', 'argocd-application-controller runs']);
    expect(await sent(tasks)).toMatchObject({ metadata: { namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'repository' } }, stringData: { type: 'git', url: 'ssh://git@git.example/home/cluster', sshPrivateKey: 'KEY\n' } });
    expect(tasks.get('what is synced')).toMatchObject({ objects: [{ kind: 'Application', metadata: { namespace: 'argocd' }, spec: { source: { path: '.', targetRevision: 'main' }, syncPolicy: { automated: { prune: false, selfHeal: true } } } }] });
  });

  it('from manifests, with the namespace where they lack it, and without credentials for a repository that is public', () => {
    const namespace = (name: string): string => `---\napiVersion: v1\nkind: Namespace\nmetadata:\n  labels:\n    a: b\n  name: ${name}\n`;
    const map = (name: string): string => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: ${name}\n`;
    const kinds = z.object({ objects: z.array(z.object({ kind: z.string() })) });
    const manifests = join(dir, 'install.yaml');
    for (const [tool, of, text] of [['flux', 'flux-system', namespace('flux-system') + map('flux-system')], ['argocd', 'argocd', map('argocd')]] as const) {
      writeFileSync(manifests, text);
      const tasks = tasksFor({ tool, install: { manifests }, url: 'https://git.example/x' });
      expect(kinds.parse(tasks.get(`manifests of ${tool}`)).objects.map(({ kind }) => kind).toSorted(), of).toEqual(['ConfigMap', 'Namespace']);
      expect(tasks.get('no credentials')).toMatchObject({ state: 'absent' });
      expect(tasks.has('credentials are in the cluster')).toBe(false);
    }
  });

  it.each<readonly [string, object, RegExp]>([
    ['an address without its kind', { url: 'git@git.example:home/cluster' }, /must be https/],
    ['a token over SSH', { url: 'ssh://git@git.example/x', token: secretOf('x') }, /goes with a token over https/],
    ['both', { url: 'https://git.example/x', token: secretOf('x'), sshKey: secretOf('x') }, /goes with a token over https/],
    ['a key without the host of the repository, for Flux', { url: 'ssh://git@git.example/x', sshKey: secretOf('x') }, /Flux does not trust a host/],
    ['a token in plain text', { url: 'https://git.example/x', token: 'hunter2' }, /wants a secret/],
    ['a version that is none', { url: 'https://git.example/x', install: { chart: { version: 'latest' } } }, /whole version/],
  ])('refuses %s', (_, more, told) => {
    const parsed = fleet.shared.shape.gitops.safeParse({ tool: 'flux', install: chart, ...more });
    expect(parsed.success ? '' : JSON.stringify(parsed.error.issues)).toMatch(told);
  });

  it('says what is missing where nobody is named', () => {
    const vars = fleet.shared.parse({});
    expect(() => gitops.build({ hosts: [{ name: 'cp1', groups: ['controlPlane'], vars }], groups: { controlPlane: ['cp1'], workers: [] } })).toThrow(/does not say to whom the cluster is handed over/);
  });
});
