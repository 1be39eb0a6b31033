import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { parseKeyPath } from '../../src/modules/config/keyed/keyPath.ts';
import type { Value } from '../../src/modules/config/keyed/value.ts';
import { editYaml } from '../../src/modules/config/yaml/edit.ts';
import { after, mapping, trial, value } from './arbitrary.ts';

const set = (text: string, key: string, wanted: Value | undefined, document = 0): string => editYaml(text, [{ key, path: parseKeyPath(key), value: wanted }], document);

const layouts: readonly (readonly [string, (document: unknown) => string])[] = [
  ['block', (document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })],
  ['block, four spaces, lists not indented', (document) => stringify(document, { indent: 4, indentSeq: false, aliasDuplicateObjects: false })],
  ['flow', (document) => stringify(document, { collectionStyle: 'flow', aliasDuplicateObjects: false })],
  ['JSON', (document) => JSON.stringify(document)],
];

describe('editing YAML, whatever it holds', () => {
  it.each(layouts)('writes what is read back: %s', (_, layout) => {
    fc.assert(
      fc.property(trial(mapping, value), ({ document, edit }) => {
        const edited = editYaml(layout(document), [edit]);
        expect(parse(edited)).toEqual(after(document, edit.path, edit.value));
        expect(editYaml(edited, [edit])).toBe(edited);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every comment and every line of the other keys', () => {
    fc.assert(
      fc.property(mapping, value, fc.nat(), fc.boolean(), (document, wanted, which, isRemoval) => {
        const keys = [...Object.keys(document), 'new key'];
        const key = keys[which % keys.length] ?? '';
        const members = Object.entries(document).map(([name, one], at) => `# before ${at}\n${stringify({ [name]: one }, { lineWidth: 0, aliasDuplicateObjects: false })}\n`);
        const text = `# first\n\n${members.join('')}# last\n`;
        const edited = editYaml(text, [{ key, path: [key], value: isRemoval ? undefined : wanted }]);
        const comments = (found: string): string[] => found.match(/^# (before \d+|first|last)$/gm) ?? [];
        expect(comments(edited)).toEqual(comments(text));
        const at = Object.keys(document).indexOf(key);
        members.forEach((member, index) => expect(index === at || edited.includes(member.trimEnd())).toBe(true));
      }),
      { numRuns: 400 },
    );
  });
});

const document = `# the network
network:
  version: 2   # of the format
  renderer: "networkd"
  ethernets:
    eth0: &base
      dhcp4: no

      # resolvers
      nameservers:
        addresses: [192.0.2.1, "192.0.2.2"] # two
        search:
          - example.org # ours
          - name: deep
            of: list
    eth1:
      <<: *base
  empty:
  text: |
    several

    lines

  folded: >-
    one
    two
# the end
`;

describe('editing YAML by example', () => {
  it.each<[string, Value, string, string]>([
    ['network.version', 3, 'version: 2   #', 'version: 3   #'],
    ['network.renderer', 'NetworkManager', '"networkd"', '"NetworkManager"'],
    ['network.ethernets.eth0.dhcp4', true, 'dhcp4: no', 'dhcp4: true'],
    ['network.ethernets.eth0.nameservers.addresses[1]', '192.0.2.9', '"192.0.2.2"', '"192.0.2.9"'],
    ['network.ethernets.eth0.nameservers.addresses[2]', '192.0.2.9', '"192.0.2.2"]', '"192.0.2.2", "192.0.2.9"]'],
    ['network.ethernets.eth0.nameservers.search[1].of', 'x', 'of: list', 'of: x'],
    ['network.ethernets.eth0.nameservers.search[1].new', ['a'], 'of: list\n', 'of: list\n            new:\n              - a\n'],
    ['network.ethernets.eth0.nameservers.search[2]', { a: 1, b: 2 }, 'of: list\n', 'of: list\n          - a: 1\n            b: 2\n'],
    ['network.ethernets.eth0.nameservers.search', ['z'], 'search:\n          - example.org # ours\n          - name: deep\n            of: list\n', 'search:\n          - z\n'],
    ['network.version', ['a'], 'version: 2   # of the format\n', 'version: # of the format\n    - a\n'],
    ['network.empty', 'x', 'empty:', 'empty: x'],
    ['network.empty.deep[0]', 'yes', 'empty:\n', 'empty:\n    deep:\n      - "yes"\n'],
    ['network.text', 'one', '|\n    several\n\n    lines\n', 'one\n'],
    ['network.renderer', 'a\nb\n', '"networkd"', '|\n    a\n    b'],
    ['network.last', '0755', '    two\n', '    two\n  last: "0755"\n'],
    ['top', null, '    two\n', '    two\ntop: null\n'],
  ])('sets %s to %j', (key, wanted, from, to) => {
    expect(set(document, key, wanted)).toBe(document.replace(from, () => to));
  });

  it.each([
    ['network.version', '  version: 2   # of the format\n'],
    ['network.text', '  text: |\n    several\n\n    lines\n'],
    ['network.ethernets.eth0.nameservers.search[1].name', 'name: deep\n            '],
    ['network.ethernets.eth1', '    eth1:\n      <<: *base\n'],
    ['network.none', ''],
    ['network.version.deeper', ''],
  ])('takes %s away', (key, gone) => {
    expect(set(document, key, undefined)).toBe(document.replace(gone, ''));
  });

  it('leaves a map behind that became empty', () => {
    expect(set('a:\n  b: 1 # c\nd: 2\n', 'a.b', undefined)).toBe('a: {}\nd: 2\n');
    expect(set('a: 1\n', 'a', undefined)).toBe('{}\n');
    expect(set('a: {}\nd: 2\n', 'a.b', 1)).toBe('a:\n  b: 1\nd: 2\n');
  });

  it('edits one document of several, and begins a new file', () => {
    expect(set('a: 1\n---\n# two\na: 1\n...\n---\na: 1\n', 'a', 2, 1)).toBe('a: 1\n---\n# two\na: 2\n...\n---\na: 1\n');
    expect(set('', 'a.b', 'on')).toBe('a:\n  b: "on"\n');
    expect(set('# only a comment\n', 'a', 1)).toBe('# only a comment\na: 1\n');
    expect(set('---\n', 'a', 1)).toBe('---\na: 1\n');
    expect(parseAllDocuments(set('a: 1', 'b', 2)).length).toBe(1);
  });

  it('keeps tags and anchors', () => {
    expect(set('a: !vault x\nb: &c 1\nd: *c\n', 'a', 'z')).toBe('a: !vault z\nb: &c 1\nd: *c\n');
    expect(set('b: &c 1\nd: *c\n', 'b', 2)).toBe('b: &c 2\nd: *c\n');
    expect(set('b: &c { x: 1 }\nd: *c\n', 'd', 1)).toBe('b: &c { x: 1 }\nd: 1\n');
    expect(() => set('b: &c { x: 1 }\nd: *c\n', 'd.x', 2)).toThrow('d is an alias, not a map');
    expect(() => set('b: &c { x: 1 }\nd: *c\n', 'b', undefined)).toThrow('cannot be changed by itself');
    expect(set('a: .nan\n1: x\n', '"1"', 'z')).toBe('a: .nan\n1: z\n');
  });

  it.each([
    ['a: [1', 'a', 'is not YAML'],
    ['a: 1\na: 2\n', 'a', 'is not YAML'],
    ['a: 1\n', 'a.b', 'a is a single value, not a map'],
    ['- 1\n', 'a', 'the whole document is a list, not a map'],
    ['a: []\n', 'a[1]', 'beyond the end of its list'],
  ])('refuses %j', (text, key, message) => {
    expect(() => set(text, key, 1)).toThrow(message);
  });
  it('refuses a document that is not there', () => {
    expect(() => set('a: 1\n', 'a', 1, 1)).toThrow('there is no document 1');
  });
});
