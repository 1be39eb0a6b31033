import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contextIn, withContext, withoutContext } from '../../src/modules/kubeadm/kubeconfig/merge.ts';

const fetched = `apiVersion: v1
clusters:
- cluster: { certificate-authority-data: QUJD, server: https://10.0.0.11:6443 }
  name: kubernetes
contexts:
- context: { cluster: kubernetes, user: kubernetes-admin }
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
users:
- name: kubernetes-admin
  user: { client-certificate-data: REVG, client-key-data: R0hJ }
`;
const mine = `# my clusters
apiVersion: v1
kind: Config
clusters:
- name: other
  cluster:
    server: https://other:6443 # the old one
contexts:
- { name: other, context: { cluster: other, user: me, namespace: web } }
users:
- name: me
  user: { exec: { command: aws } }
current-context: other
preferences: {}
`;
const asked = { context: 'homelab', server: 'https://10.0.0.100:6443', select: false };

describe('a kubeconfig', () => {
  it('gets a context beside others, which stay as they are', () => {
    const text = withContext(mine, fetched, asked);
    expect(text).toContain('# my clusters');
    expect(text).toContain('# the old one');
    const all = parse(text) as { contexts: unknown[]; users: unknown[]; clusters: unknown[]; 'current-context': string };
    expect(all['current-context']).toBe('other');
    expect(all.contexts).toEqual([{ name: 'other', context: { cluster: 'other', user: 'me', namespace: 'web' } }, { name: 'homelab', context: { cluster: 'homelab', user: 'admin@homelab' } }]);
    expect(all.users[1]).toEqual({ name: 'admin@homelab', user: { 'client-certificate-data': 'REVG', 'client-key-data': 'R0hJ' } });
    expect(all.clusters[1]).toEqual({ name: 'homelab', cluster: { 'certificate-authority-data': 'QUJD', server: 'https://10.0.0.100:6443' } });
    expect(contextIn(text, 'homelab')).toEqual({ server: 'https://10.0.0.100:6443', isCurrent: false });
  });

  it('is the same after a second time, and after the context was taken away again', () => {
    const once = withContext(mine, fetched, asked);
    expect(withContext(once, fetched, asked)).toBe(once);
    expect(parse(withoutContext(once, 'homelab'))).toEqual(parse(mine));
  });

  it('is begun where there is none, with the context as the current one', () => {
    for (const text of [undefined, '', '\n']) expect(contextIn(withContext(text, fetched, asked), 'homelab')).toEqual({ server: asked.server, isCurrent: true });
    expect(contextIn(withContext(mine, fetched, { ...asked, select: true }), 'homelab')).toMatchObject({ isCurrent: true });
  });

  it('may have lists that are empty or null', () => {
    const text = withContext('apiVersion: v1\nclusters: null\ncontexts: []\ncurrent-context: ""\n', fetched, asked);
    expect(contextIn(text, 'homelab')).toEqual({ server: asked.server, isCurrent: true });
  });

  it('does not count a context whose cluster or user is gone', () => {
    const text = withContext(mine, fetched, asked);
    expect(contextIn(text.replace('name: admin@homelab\n', 'name: lost\n'), 'homelab')).toBeUndefined();
  });

  it('is not made of something else', () => {
    expect(() => withContext(mine, 'hello: world\n', asked)).toThrow('what was fetched is no kubeconfig');
    expect(() => withContext('- a\n', fetched, asked)).toThrow('it holds no map');
  });
});
