import { gzipSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { answer, shells, take } from '../facts/shell.ts';
import { withPrograms } from '../facts/stubs.ts';

const folder = mkdtempSync(join(tmpdir(), 'plinth-kube-'));
const conf = join(folder, 'admin.conf');
writeFileSync(conf, '');
afterAll(() => rmSync(folder, { recursive: true }));

const tools = ['cat', 'sed', 'awk', 'gzip', 'gunzip', 'base64', 'tr', 'timeout', 'sleep', 'sh'];
const anchor = '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system"}}';
/** What an API says goes to stdout, and why there is none to stderr. */
const kubectl = (said: string, code = 0): string => `cat >/dev/null\ncat <<'SAID'${said.includes(anchor) || code === 0 ? '' : ' >&2'}\n${said}\nSAID\nexit ${code}`;
const ref = (kind: string, name: string, namespace?: string) => ({ apiVersion: 'v1', kind, name, namespace });

describe.each(shells)('readings of the API, by %s', (shell) => {
  it('give every object its own part of one answer; a kind that is not served and an object that is not there are values', async () => {
    const said = `${anchor}\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default"},"data":{"x":"1"}}\nerror: resource mapping not found for name: "p" namespace: "" from "STDIN": no matches for kind "Pool" in version "v1"\nensure CRDs are installed first`;
    await withPrograms({ kubectl: kubectl(said, 1) }, tools, async (env) => {
      const keys = [read.kube(ref('ConfigMap', 'a'), conf), read.kube(ref('ConfigMap', 'a', 'other'), conf), read.kube(ref('Pool', 'p'), conf), read.kube(ref('ConfigMap', 'a'), join(folder, 'none'))].map(({ key }) => key);
      const { kind } = read.kube(ref('ConfigMap', 'a'), conf);
      const found = (await answer(shell, kind, keys, env)).map((text, i) => kind.parse(text, keys[i] ?? ''));
      expect(found[0]).toMatchObject({ api: 'up', served: true, object: { data: { x: '1' } } });
      expect(found[1]).toEqual({ api: 'up', served: true });
      expect(found[2]).toEqual({ api: 'up', served: false });
      expect(found[3]).toEqual({ api: 'none', served: false, why: `there is no ${folder}/none on this node` });
    });
  });

  it('say why there is no API', async () => {
    await withPrograms({ kubectl: kubectl('E1120 10:00:00.000000 1 memcache.go:265] "Unhandled Error"\nThe connection to the server 10.0.0.50:6443 was refused - did you specify the right host or port?', 1) }, tools, async (env) => {
      expect(await take(shell, read.kube(ref('ConfigMap', 'a'), conf), env)).toEqual({ api: 'none', served: false, why: 'The connection to the server 10.0.0.50:6443 was refused - did you specify the right host or port?' });
      expect(await take(shell, read.kubeRelease('kube-system', 'cilium', conf), env)).toMatchObject({ api: 'none', why: expect.stringContaining('was refused') });
    });
    await withPrograms({}, tools, async (env) => expect(await take(shell, read.kube(ref('ConfigMap', 'a'), conf), env)).toEqual({ api: 'none', served: false, why: 'there is no kubectl on this node' }));
  });

  it('do not take an error for an object that is not there', async () => {
    await withPrograms({ kubectl: kubectl(`${anchor}\nError from server (Forbidden): secrets "s" is forbidden`, 1) }, tools, async (env) => {
      await expect(take(shell, read.kube(ref('Secret', 's'), conf), env)).rejects.toThrow('kubectl said: Error from server (Forbidden)');
    });
  });

  it('read the newest revision of a release, without the texts of its templates', async () => {
    const release = (version: number, status: string) => Buffer.from(gzipSync(JSON.stringify({ name: 'cilium', namespace: 'kube-system', version, info: { status }, chart: { metadata: { name: 'cilium', version: '1.20.1' }, templates: [{ name: 'templates/a.yaml', data: 'QUJD'.repeat(200) }] }, config: { a: { data: 'QUJD', name: 'x' } }, manifest: 'kind: A\n' })).toString('base64')).toString('base64');
    const said = [9, 10, 2].map((revision) => `kube-system cilium ${revision} ${release(revision, revision === 10 ? 'failed' : 'superseded')}`).join('\n');
    await withPrograms({ kubectl: kubectl(said) }, tools, async (env) => {
      expect(await take(shell, read.kubeRelease('kube-system', 'cilium', conf), env)).toEqual({ api: 'up', release: { revision: 10, status: 'failed', description: '', chart: 'cilium', version: '1.20.1', values: { a: { data: 'QUJD', name: 'x' } }, manifest: 'kind: A\n' } });
      expect(await take(shell, read.kubeRelease('default', 'cilium', conf), env)).toEqual({ api: 'up' });
    });
  });
});
