import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIni } from '../../../src/inventory/ansible/ini.ts';
import { emptyAnsible } from '../../../src/inventory/ansible/inventory.ts';
import { pythonLiteral } from '../../../src/inventory/ansible/literal.ts';
import { pyyamlScalar } from '../../../src/inventory/ansible/pyyaml.ts';
import { splitWords } from '../../../src/inventory/ansible/words.ts';
import { loadAnsible, varsOf } from './given.ts';

const words = (line: string): readonly string[] | undefined => splitWords(line)?.map(({ text }) => text);

describe('a value in INI', () => {
  it.each<readonly [string, unknown]>([
    ['1', 1], ['-3', -3], ['01', '01'], ['0', 0], ['00', 0], ['0x1f', 31], ['1_000', 1000], ['1__0', '1__0'], ['1.5', 1.5], ['1.', 1], ['.5', 0.5], ['1e3', 1000], ['1.2.3', '1.2.3'], ['10.0.0.1', '10.0.0.1'], ['v1.2', 'v1.2'],
    ['True', true], ['False', false], ['None', null], ['true', 'true'], ['yes', 'yes'], ['Truely', 'Truely'],
    ["'a'", 'a'], ['"a b"', 'a b'], ["'it\\'s'", "it's"], ["'\\x41\\n'", 'A\n'], ["'open", "'open"],
    ['[1, "a", [True]]', [1, 'a', [true]]], ['(1, 2)', [1, 2]], ['(1)', 1], ['(1,)', [1]], ['()', []], ['[1,]', [1]], ['[,]', '[,]'], ['[1 2]', '[1 2]'], ["{'a': 1, 'b': {'c': None}}", { a: 1, b: { c: null } }], ['{a: 1}', '{a: 1}'], ['[a, b]', '[a, b]'],
    ['23 # a comment', 23], ['text # no comment', 'text # no comment'], ['', ''], ['9007199254740993', '9007199254740993'],
  ])('%s', (text, value) => {
    expect(pythonLiteral(text)).toEqual(value);
  });

  it('is what JSON of lists, numbers and plain text is', () => {
    const value = fc.letrec((tie) => ({ value: fc.oneof(fc.integer(), fc.stringMatching(/^[ -~]*$/), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie('value'), { maxKeys: 3 })) })).value;
    fc.assert(fc.property(fc.array(value), (list) => {
      expect(pythonLiteral(JSON.stringify(list))).toEqual(list);
    }));
  });

  it('is the text itself, where it is no literal', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 .:/-]*$/), (text) => {
      fc.pre(!['True', 'False', 'None'].includes(text.trim()));
      expect(pythonLiteral(text)).toBe(text);
    }));
  });
});

describe('a scalar in YAML', () => {
  it.each<readonly [string, unknown]>([
    ['yes', true], ['Off', false], ['y', 'y'], ['NO', false], ['oN', 'oN'], ['~', null], ['', null], ['0644', 420], ['0o644', '0o644'], ['1e3', '1e3'], ['1.5e+3', 1500], ['1_000', 1000], ['0x1F', 31], ['-0b11', -3], ['08', '08'], ['12:30', '12:30'], ['2024-01-01', '2024-01-01'], ['1.', 1], ['1.2.3', '1.2.3'], ['18446744073709551616', '18446744073709551616'],
  ])('%s', (text, value) => {
    expect(pyyamlScalar(text)).toEqual(value);
  });
});

describe('the words of a line', () => {
  it.each<readonly [string, readonly string[] | undefined]>([
    ['a b  c', ['a', 'b', 'c']],
    ['node1 k="a b" # c', ['node1', 'k=a b']],
    ["x=\"'03#pa'\"", ["x='03#pa'"]],
    ['a#b', ['a']],
    ['a\\ b', ['a b']],
    ['"a\\"b" \'c\\d\'', ['a"b', 'c\\d']],
    ['""', ['']],
    ['"open', undefined],
  ])('%s', (line, found) => {
    expect(words(line)).toEqual(found);
  });

  it('come back from any quoting', () => {
    const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
    fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), (list) => {
      expect(words(list.map(quoted).join(' '))).toEqual(list);
    }));
  });

  it('say where they begin', () => {
    expect(splitWords('  a  "b c" d')?.map(({ col }) => col)).toEqual([3, 6, 12]);
  });
});

describe('an INI inventory', () => {
  it('has hosts, ranges, groups of groups and variables', async () => {
    const inventory = await loadAnsible({
      'hosts.ini': `; ungrouped
lone ansible_host=10.0.0.9

[web]
web[01:03].lan size=2 tags="['a', 'b']"   # comment
web[a:b]:2222

[db]
db1 note='two words'
web01.lan size=3

[site:children]
web
db

[site:vars]
; the literal is read here as well, whatever Ansible's guide says
count=5
name=site one
quoted="5"
on=true

[all:vars]
count=1
far=True
`,
    });
    expect(inventory.groups).toEqual({ all: ['lone', 'web01.lan', 'web02.lan', 'web03.lan', 'weba', 'webb', 'db1'], web: ['web01.lan', 'web02.lan', 'web03.lan', 'weba', 'webb'], db: ['web01.lan', 'db1'], site: ['web01.lan', 'web02.lan', 'web03.lan', 'weba', 'webb', 'db1'] });
    const vars = varsOf(inventory);
    expect(vars['web01.lan']).toEqual({ size: 3, tags: ['a', 'b'], count: 5, name: 'site one', quoted: '5', on: 'true', far: true });
    expect(vars['lone']).toEqual({ count: 1, far: true });
    expect(vars['db1']).toMatchObject({ note: 'two words' });
    expect(await inventory.reach('webb')).toMatchObject({ port: 2222 });
    expect(inventory.locate('db1', ['note'])).toEqual({ file: 'hosts.ini', line: 9, col: 5 });
  });

  it('is read from any lines, or complained of with a line', () => {
    const line = fc.oneof(
      fc.constantFrom('[web]', '[db:children]', '[web:vars]', '[all:vars]', '[ungrouped]', 'web', 'db1 a=1', 'a = 2', 'node[1:3] x="y"', '[web', '[a:b:c]', '# c', '', 'node[3:1]', 'x="', 'h:22', '::1', '[web:odd]', 'ansible_group_priority=x', 'a={{ b }}'),
      fc.string(),
    );
    let complained = 0;
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const into = emptyAnsible();
      readIni(lines.join('\n'), 'hosts', into);
      complained += into.complaints.length;
      for (const { at } of into.complaints) expect(at?.[0]?.line).toBeGreaterThan(0);
      for (const group of into.groups.values()) for (const host of group.hosts) expect(into.hosts.has(host)).toBe(true);
    }));
    expect(complained).toBeGreaterThan(0);
  });

  it('keeps every host and value it was written with', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((one) => !['all', 'controller'].includes(one));
    const value = fc.oneof(fc.integer(), fc.stringMatching(/^[ -~]*$/).map((text) => text.replaceAll(/[{}]/g, '')), fc.boolean());
    const python = (one: unknown): string => (typeof one === 'boolean' ? (one ? 'True' : 'False') : JSON.stringify(one));
    fc.assert(fc.property(fc.dictionary(name, fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { maxKeys: 4 }), { maxKeys: 6, noNullPrototype: true }), (hosts) => {
      const text = Object.entries(hosts).map(([host, vars]) => [host, ...Object.entries(vars).map(([key, one]) => `${key}='${python(one).replaceAll("'", `'"'"'`)}'`)].join(' ')).join('\n');
      const into = emptyAnsible();
      readIni(`[g]\n${text}`, 'hosts', into);
      expect(into.complaints).toEqual([]);
      expect([...into.hosts.keys()]).toEqual(Object.keys(hosts));
      for (const [host, vars] of Object.entries(hosts)) expect(Object.fromEntries([...(into.hosts.get(host)?.inFile[0]?.entries ?? [])].map(([key, entry]) => [key, entry.value.kind === 'leaf' ? entry.value.value : undefined]))).toEqual(vars);
    }));
  });
});
