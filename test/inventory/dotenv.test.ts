import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../src/inventory/secrets/dotenv.ts';
import { complaint } from './given.ts';

const read = (text: string): Record<string, string> => Object.fromEntries(parseDotenv(text, 'secret.env'));

describe('secret.env', () => {
  it.each([
    ['plain', 'A=1\nB=two\n', { A: '1', B: 'two' }],
    ['no newline at the end', 'A=1', { A: '1' }],
    ['empty', 'A=\nB=""\nC=\'\'\n', { A: '', B: '', C: '' }],
    ['comments and blank lines', '# one\n\n  # two\nA=1 # three\nB=x#y\n', { A: '1', B: 'x#y' }],
    ['export and indentation', 'export A=1\n  B=2\n', { A: '1', B: '2' }],
    ['spaces at the end', 'A=1  \t\n', { A: '1' }],
    ['signs that shells expand', 'A=$HOME\nB="${X}"\nC=p$$w!`\n'.replace('`', ''), { A: '$HOME', B: '${X}', C: 'p$$w!' }],
    ['equals signs', 'A=b=c==\n', { A: 'b=c==' }],
    ['single quotes take all as it is', "A='a \\n \"b\" # c'\n", { A: 'a \\n "b" # c' }],
    ['double quotes know escapes', 'A="a\\tb\\n\\"c\\" \\\\ \\$"\n', { A: 'a\tb\n"c" \\ $' }],
    ['several lines', 'KEY="-----BEGIN\nabc\n-----END"\nB=1\n', { KEY: '-----BEGIN\nabc\n-----END', B: '1' }],
    ['a comment after the quote', 'A="x" # y\n', { A: 'x' }],
    ['Windows line ends and a BOM', '\uFEFFA=1\r\nB="2"\r\n', { A: '1', B: '2' }],
    ['backslashes unquoted', 'A=C:\\temp\n', { A: 'C:\\temp' }],
  ])('%s', (_, text, values) => {
    expect(read(text)).toEqual(values);
  });

  it('refuses what readers of such files disagree about, and never repeats a value', async () => {
    const text = 'no sign\nA = hunter2\n1A=hunter2\nB=hunter2 hunter2\nC= hunter2\nD=hun"ter2\nE="hunter2" x\nF="hunter2\\q"\nG=1\nG=hunter2\nH="hunter2\n';
    const said = await complaint(() => read(text));
    expect(said).not.toContain('hunter2');
    expect(said).toMatchInlineSnapshot(`
      "secret.env:1:1: not of the form NAME=value
        → names hold letters, digits and _; no space stands around the =
      secret.env:2:1: not of the form NAME=value
        → names hold letters, digits and _; no space stands around the =
      secret.env:3:1: not of the form NAME=value
        → names hold letters, digits and _; no space stands around the =
      secret.env:4:3: B: the value holds a space
        → quote it: single quotes take everything as it is
      secret.env:5:3: C: a space stands after the =
        → take it away, or quote the value
      secret.env:6:3: D: a quote stands within an unquoted value
        → quote the whole value
      secret.env:7:3: E: text stands after the closing quote
        → quote the whole value once
      secret.env:8:3: F: unknown escape \\q
        → in double quotes these are known: \\n \\r \\t \\" \\\\ \\$; in single quotes nothing is special
      secret.env:10:1: G is set twice, first on line 9
        → keep one of the two
      secret.env:11:3: H: the " is never closed
        → close it, or quote the value with ' if it begins with ""
    `);
  });
});
