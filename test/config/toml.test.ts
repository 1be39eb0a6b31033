import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../src/modules/config/keyed/edits.ts';
import { type KeyPath, parseKeyPath, startsWith } from '../../src/modules/config/keyed/keyPath.ts';
import { Unfit } from '../../src/modules/config/keyed/unfit.ts';
import { editToml } from '../../src/modules/config/toml/edit.ts';
import { parseToml } from '../../src/modules/config/toml/parse.ts';
import type { TomlValue } from '../../src/modules/config/toml/render.ts';
import type { Node } from '../../src/modules/config/toml/value.ts';

/** Every single value and list of a text by its path, which tells all that a reader would find. */
function readToml(text: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (path: KeyPath, node: Node): void => {
    if (node.kind === 'inline') for (const entry of node.entries) add([...path, ...entry.keys], entry.node);
    else found.set(JSON.stringify(path), plain(node));
  };
  for (const one of parseToml(text)) if (one.kind === 'pair') add(one.path, one.node);
  return found;
}
const plain = (node: Node): unknown => (node.kind === 'scalar' ? node.value : node.kind === 'list' ? node.entries.map((entry) => plain(entry.node)) : Object.fromEntries(node.entries.map((entry) => [entry.keys.join('.'), plain(entry.node)])));

const set = (text: string, key: string, value: TomlValue | undefined): string => editToml(text, [{ key, path: parseKeyPath(key), value }]);

const document = `# containerd
version = 2
root = '/var/lib/containerd' # where

[grpc]
  address = "/run/containerd/containerd.sock"
  uid = 0x10

[plugins]

  # the interface to the kubelet
  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "registry.k8s.io/pause:3.8"
    features = [
      "a", # one
      "b",
    ]
    limits = { cpu = 1, "mem max".soft = 2 }

    [plugins."io.containerd.grpc.v1.cri".cni]
      bin_dir = """/opt/cni/bin"""

[[servers]]
name = "one"
[servers.tls]
on = true
[[servers]]
name = "two"

[stamps]
at = 1979-05-27 07:32:00Z
day.first = 1
day.last = 31
`;
const name = 'io.containerd.grpc.v1.cri';

describe('editing TOML by example', () => {
  it.each<[string, TomlValue, string | RegExp, string]>([
    ['version', 3, 'version = 2', 'version = 3'],
    ['root', 'x', "root = '/var/lib/containerd' # where", 'root = "x" # where'],
    ['state', '/run', "# where\n", '# where\nstate = "/run"\n'],
    ['grpc.gid', 5, 'uid = 0x10\n', 'uid = 0x10\n  gid = 5\n'],
    [`plugins."${name}".features[0]`, 'z', '"a", # one', '"z", # one'],
    [`plugins."${name}".features[2]`, 'c', '"b",\n', '"b",\n      "c",\n'],
    [`plugins."${name}".features`, ['x', 'y'], /\[\n.*a[^]*?\n {4}\]/, '["x", "y"]'],
    [`plugins."${name}".limits.cpu`, 4, 'cpu = 1', 'cpu = 4'],
    [`plugins."${name}".limits.io`, 4, 'soft = 2 }', 'soft = 2, io = 4 }'],
    [`plugins."${name}".limits."mem max".soft`, 3, 'soft = 2', 'soft = 3'],
    [`plugins."${name}".cni.conf_dir`, '/etc', '"""\n', '"""\n      conf_dir = "/etc"\n'],
    [`plugins."${name}".registry.config_path`, '/etc', 'bin_dir = """/opt/cni/bin"""\n', `bin_dir = """/opt/cni/bin"""\n\n    [plugins."${name}".registry]\n      config_path = "/etc"\n`],
    ['plugins.top', true, '[plugins]\n', '[plugins]\ntop = true\n'],
    ['servers[0].port', 1, 'name = "one"\n', 'name = "one"\nport = 1\n'],
    ['servers[0].dns.ip', 'i', 'on = true\n', 'on = true\n\n[servers.dns]\nip = "i"\n'],
    ['servers[1].name', '2', 'name = "two"', 'name = "2"'],
    ['stamps.day.mid', 15, 'day.last = 31\n', 'day.last = 31\nday.mid = 15\n'],
    ['stamps.at', 'never', '1979-05-27 07:32:00Z', '"never"'],
    ['new."a b".list[0][0]', 1, /$/, '\n[new."a b"]\nlist = [[1]]\n'],
  ])('sets %s', (key, value, from, to) => {
    expect(set(document, key, value)).toBe(document.replace(from, () => to));
    expect(set(set(document, key, value), key, value)).toBe(set(document, key, value));
  });

  it.each([
    ['root', "root = '/var/lib/containerd' # where\n"],
    ['grpc.uid', '  uid = 0x10\n'],
    [`plugins."${name}".features`, /.*features = \[[^]*?\]\n/],
    [`plugins."${name}".limits.cpu`, 'cpu = 1, '],
    [`plugins."${name}".limits."mem max"`, ', "mem max".soft = 2'],
    ['servers', /\[\[servers\]\][^]*two"\n\n/],
    ['stamps.day', /day.*\nday.*\n/],
    ['grpc', /\[grpc\][^]*0x10\n\n/],
    ['plugins', /\[plugins\][^]*"""\n\n/],
    ['not.there', ''],
    ['root.deeper', ''],
  ])('takes %s away', (key, gone) => {
    expect(set(document, key, undefined)).toBe(document.replace(gone, ''));
  });

  it.each([
    ['plugins', 1, 'plugins is a table'],
    ['servers[2].name', 1, 'servers is a list of tables'],
    ['servers.name', 1, 'servers is a list of tables'],
    ['grpc[0]', 1, 'grpc[0] is beyond the end'],
    ['root.x', 1, 'root is a single value'],
    [`plugins."${name}".features[3]`, 1, 'is beyond the end of its list'],
    [`plugins."${name}".limits."mem max"`, 1, 'is a table'],
  ])('refuses to set %s', (key, value, message) => {
    expect(() => set(document, key, value)).toThrow(message);
  });

  it('writes a first key, and one before the first table', () => {
    expect(set('', 'a.b', 1)).toBe('[a]\nb = 1\n');
    expect(set('# head\n\n# of a\n[a]\nx = 1\n', 'top', [1, 'two'])).toBe('# head\n\ntop = [1, "two"]\n\n# of a\n[a]\nx = 1\n');
    expect(set('a = 1', 'b', 2)).toBe('a = 1\nb = 2\n');
    expect(set('a.b = 1\r\n', 'a.c', 2)).toBe('a.b = 1\r\na.c = 2\r\n');
  });

  it.each(['a', 'a = ', 'a = 01', '[a', 'a = "x\n"', 'a = [1', 'a = 1 2', 'a = {b = 1', '= 1', 'a = "\\q"', 'a = \'\'\'x', '"a\nb" = 1'])('refuses %j', (text) => {
    expect(() => set(text, 'z', 1)).toThrow(Unfit);
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'with.dot', 'a b', '');
const scalar: fc.Arbitrary<TomlValue> = fc.oneof(fc.string(), fc.constantFrom('multi\nline', '"', "'", '\u007F', '#', '\\', '😀'), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)), fc.boolean());
const value: fc.Arbitrary<TomlValue> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }));
const edit: fc.Arbitrary<Edit<TomlValue>> = fc.record({ key: fc.constant('k'), path: fc.array(key, { minLength: 1, maxLength: 3 }), value: fc.option(value, { nil: undefined, freq: 4 }) });
const within = (text: string, edits: readonly Edit<TomlValue>[]): string => edits.reduce((found, one) => {
  try {
    return editToml(found, [one]);
  } catch (error) {
    if (error instanceof Unfit) return found;
    throw error;
  }
}, text);

describe('editing TOML, whatever is set', () => {
  it.each([['an empty file', ''], ['a file with everything', document], ['dotted keys', 'a.b.c = 1\na.x = 2\n[b]\na.b = 1\n[b.c]\n'], ['inline tables', 'a = { b = { c = 1 } }\nb = [ 1, 2 ]\n[c]\n']])('reads back what was written, and all else, from %s', (_, start) => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), edit, (edits, last) => {
        const before = within(start, edits);
        // What does not fit is refused and nothing is changed; `within` lets no other error pass.
        fc.pre(last.value === undefined || within(before, [last]) !== before || readToml(before).has(JSON.stringify(last.path)));
        const edited = editToml(before, [last]);
        const others = (text: string): [string, unknown][] => [...readToml(text)].filter(([path]) => !startsWith(JSON.parse(path), last.path)).sort(([a], [b]) => (a < b ? -1 : 1));
        expect(readToml(edited).get(JSON.stringify(last.path))).toEqual(last.value);
        expect(others(edited)).toEqual(others(before));
        expect(editToml(edited, [last])).toBe(edited);
        for (const comment of last.value === undefined ? [] : (start.match(/#.*/g) ?? [])) expect(edited).toContain(comment);
      }),
      { numRuns: 400 },
    );
  });
});
