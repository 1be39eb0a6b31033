import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNames } from '../../src/inventory/secrets/age/names.ts';
import { complaint } from '../inventory/given.ts';

describe('the secrets in an opened file', () => {
  it('are text as it stands, whatever YAML would make of it', () => {
    const text = `# first
a: yes
pin: 0123
hex: 0x1F
quoted: 'it''s # here'
double: "tab\\tx"
block: |
  -----BEGIN-----
  abc
registry:
  user: me
  token: x:y
empty:
`;
    expect(Object.fromEntries(parseNames(text, 'f'))).toEqual({ a: 'yes', pin: '0123', hex: '0x1F', quoted: "it's # here", double: 'tab\tx', block: '-----BEGIN-----\nabc', 'registry.user': 'me', 'registry.token': 'x:y', empty: '' });
    expect(parseNames('', 'f').size).toBe(0);
    expect(parseNames('# nothing yet\n', 'f').size).toBe(0);
  });

  it('come back from single quotes as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        fc.pre(/^[\P{C}]+$/u.test(value) && !/\p{Z}/u.test(value.replaceAll(' ', '')));
        expect(parseNames(`a: '${value.replaceAll("'", "''")}'\n`, 'f').get('a')).toBe(value);
      }),
    );
  });

  const bad: Readonly<Record<string, string>> = {
    'set twice': 'a: hunter2\nb: x\na: hunter3\n',
    'set twice, once nested': 'a.b: hunter2\na: { b: hunter3 }\n',
    'begins with *': 'a: *hunter2\n',
    'begins with !': 'a: !hunter2 x\n',
    'begins with &': 'a: &hunter2 x\n',
    'begins with %': 'a: %hunter2\n',
    'begins with @': 'a: @hunter2\n',
    'a comment that may be none': 'a: hunter2 #3\n',
    'a colon within': 'a: hunter2: 3\n',
    'a tab': 'a:\n\tb: hunter2\n',
    'a quote that is not closed': "a: 'hunter2\nb: x\n",
    'text after a quote': "a: 'hunter2' hunter3\n",
    'a list': 'a: [hunter2]\n',
    'a bare word': 'hunter2\n',
    'a list of all': '- hunter2\n',
    'a name with a space': 'hunter 2: x\n',
    'a second document': 'a: x\n---\nb: hunter2\n',
    'several at once': 'a: *hunter2\nb: [x]\nc d: x\n',
  };
  it.each(Object.entries(bad))('are refused without being repeated: %s', async (_, text) => {
    const told = await complaint(async () => parseNames(text, 'secrets.age (opened)'));
    expect(told).not.toContain('hunter');
    expect(told).toMatchSnapshot();
  });
});
