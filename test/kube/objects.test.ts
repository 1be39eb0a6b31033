import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../src/contract/index.ts';
import { compile, unlikeGo } from '../../src/modules/cilium/l2Policy/goPattern.ts';
import { isOlder } from '../../src/modules/cilium/gatewayApi/bundle.ts';
import { judge } from '../../src/modules/kube/kubeWait/judge.ts';
import { isSameTree } from '../../src/modules/kube/helmRelease/told.ts';
import { differences } from '../../src/modules/kube/objects/differences.ts';
import { objectsIn } from '../../src/modules/kube/objects/documents.ts';
import { digestKey, digestOf, inOrder, signed, type Wanted } from '../../src/modules/kube/objects/manifest.ts';
import { isSameValue } from '../../src/modules/kube/objects/same-value.ts';

const web = (containers: readonly unknown[], more: object = {}): Wanted => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' }, spec: { template: { spec: { containers } } }, ...more });
const found = (containers: readonly unknown[], fields: object, annotations: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', annotations, managedFields: [{ manager: 'plinth', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': fields } } } } }] },
  spec: { template: { spec: { containers } } },
});
const paths = (wanted: Wanted, object: KubeObject) => differences(wanted, object).map(({ path, from, to }) => [path, from, to]);

describe('an object that is wanted, and one that is there', () => {
  it('are compared entry by entry where a list has keys; entries of others stay', () => {
    const ours = { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:workingDir': {} }, 'k:{"name":"old"}': { '.': {}, 'f:name': {} } };
    const there = found([{ name: 'sidecar', image: 'x' }, { name: 'web', image: 'web:1', workingDir: '/x', imagePullPolicy: 'Always' }, { name: 'old', image: 'o' }], ours);
    expect(paths(web([{ name: 'web', image: 'web:2' }]), there)).toEqual([
      ['spec.template.spec.containers[name=web].image', 'web:1', 'web:2'],
      ['spec.template.spec.containers[name=web].workingDir', '/x', undefined],
      ['spec.template.spec.containers[name=old]', { name: 'old', image: 'o' }, undefined],
    ]);
  });

  it('are compared as wholes where a list has none', () => {
    const args = (list: readonly string[]) => [{ name: 'web', args: list }];
    const ours = { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:args': {} } };
    expect(paths(web(args(['a', 'b'])), found(args(['a', 'b']), ours))).toEqual([]);
    expect(paths(web(args(['a'])), found(args(['a', 'b']), ours))).toEqual([['spec.template.spec.containers[name=web].args', ['a', 'b'], ['a']]]);
    expect(paths(web(args(['a', 'c'])), found(args(['a', 'b']), ours))).toEqual([['spec.template.spec.containers[name=web].args[1]', 'b', 'c']]);
  });

  it('differ by no spelling of the API, as long as the field is ours and was applied so', () => {
    const wanted = web([{ name: 'web', command: '1h' }]);
    const ours = { 'k:{"name":"web"}': { 'f:name': {}, 'f:command': {} } };
    const applied = { [digestKey]: digestOf(wanted) };
    expect(paths(wanted, found([{ name: 'web', command: '3600s' }], ours, applied))).toEqual([]);
    expect(paths(wanted, found([{ name: 'web', command: '3600s' }], ours)).length).toBe(1);
    expect(paths(wanted, found([{ name: 'web', command: '3600s' }], { 'k:{"name":"web"}': { 'f:name': {} } }, applied)).length).toBe(1);
    expect(signed(wanted).metadata.annotations).toEqual(applied);
  });

  it('do not differ in what is empty, which the API leaves out', () => {
    expect(paths(web([{ name: 'web', env: [], tty: false, resources: {}, x: null }]), found([{ name: 'web' }], {}))).toEqual([]);
  });

  it('have quantities in many spellings, and versions in one', () => {
    for (const [a, b] of [['1000m', '1'], [0.5, '500m'], ['0.5Gi', '512Mi'], [1, '1'], ['1e3', '1k']] as const) expect([a, b, isSameValue(a, b)]).toEqual([a, b, true]);
    for (const [a, b] of [['1.10', '1.1'], ['a', 'b'], [true, 'true'], ['1', '2'], [1, undefined], ['1Gi', '1G']] as const) expect([a, b, isSameValue(a, b)]).toEqual([a, b, false]);
  });

  it('come out of YAML as the API takes them', () => {
    const [secret] = objectsIn('apiVersion: v1\nkind: Secret\nmetadata: { name: s, creationTimestamp: null }\nstringData: { a: hello }\nstatus: {}\n---\n# nothing\n---\n');
    expect(secret).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'aGVsbG8=' } });
    expect(objectsIn('apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Namespace, metadata: { name: a } }]').map(({ kind }) => kind)).toEqual(['Namespace']);
    expect(() => objectsIn('apiVersion: v1\nkind: A\n---\na: [')).toThrow('document 1: A has no metadata');
    expect(() => objectsIn('a: [')).toThrow('document 1 is no YAML');
    expect(inOrder(objectsIn('apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: n }')).map(({ kind }) => kind)).toEqual(['Namespace', 'Pod']);
  });
});

describe('expressions of Go', () => {
  it('are refused where they mean something else to JavaScript', () => {
    for (const text of ['^eth(?!1)', '(a)\\1', 'a++', '(?<=e)th', '[']) expect([text, unlikeGo(text) !== undefined]).toEqual([text, true]);
    for (const text of ['^eth[0-9]+$', '(?i)ETH0', '(?P<n>en)p', '\\Aeno1\\z', 'en[[:alpha:]]\\d', 'a+?']) expect([text, unlikeGo(text)]).toEqual([text, undefined]);
  });

  it('meet a name anywhere, as Go does', () => {
    expect(compile('th0')('eth0')).toBe(true);
    expect(compile('^th0')('eth0')).toBe(false);
    expect(compile('(?i)^ETH')('eth0')).toBe(true);
    expect(compile('^en[[:digit:]p]s')('enps')).toBe(true);
    expect(compile('\\Aeno1\\z')('eno10')).toBe(false);
  });
});

describe('small judgements', () => {
  it('know which version is older', () => expect([isOlder('v1.2.0', 'v1.10.0'), isOlder('v1.10.0', 'v1.2.0'), isOlder('v1.4.1', 'v1.4.1')]).toEqual([true, false, false]));

  it('know the same tree in another order', () => expect([isSameTree({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }), isSameTree({ a: 1 }, { a: '1' }), isSameTree({ a: null }, {}), isSameTree([1, 2], [2, 1])]).toEqual([true, false, false, false]));

  it('know when a workload is rolled out', () => {
    const deployment = (status: object, spec: object = { replicas: 2 }) => judge({ api: 'up', served: true, object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', generation: 3 }, spec, status } }, 'rollout');
    expect(deployment({ observedGeneration: 2 })).toEqual({ isDone: false, state: 'its last change is not seen yet' });
    expect(deployment({ observedGeneration: 3, replicas: 3, updatedReplicas: 2, availableReplicas: 2 })).toEqual({ isDone: false, state: '2 of 2 updated, 2 available, 1 old ones left' });
    expect(deployment({ observedGeneration: 3 }, { replicas: 0 }).isDone).toBe(true);
    expect(judge({ api: 'up', served: true, object: { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'a' }, subsets: null } }, 'endpoints')).toEqual({ isDone: false, state: '0 endpoints' });
  });
});
