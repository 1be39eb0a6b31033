import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editIni, type IniEdit } from '../../src/modules/config/ini/edit.ts';

const key = fc.constantFrom('a', 'b', 'Key', 'x.y', 'two words');
const section = fc.constantFrom('', 's', 'Two', 'a b');
const text = fc.constantFrom('1', 'on', '/dir with space', 'a=b', '[x]', '# no comment', 'ü', '');
const line = fc.oneof(
  fc.tuple(fc.constantFrom('', '  ', '\t'), key, fc.constantFrom('=', ' = ', '= '), text).map((parts) => parts.join('')),
  section.filter((name) => name !== '').map((name) => `[${name}]`),
  fc.constantFrom('# comment', '; other', '', '   ', '#a=1'),
);
const file = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([lines, eol, ends]) => (lines.length === 0 ? '' : lines.join(eol) + (ends ? eol : '')));
const edit: fc.Arbitrary<IniEdit> = fc.record({ section, key, values: fc.option(fc.array(fc.oneof(text, fc.integer(), fc.boolean()), { minLength: 1, maxLength: 3 }), { nil: undefined }) });
const style = fc.record({ spaces: fc.constantFrom(true, false, undefined), continued: fc.constant('never' as const) });

/** A second reading of INI, made only for these tests: values by section and key, in order. */
function readIni(found: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  let at = '';
  for (const one of found.split(/\r?\n/).map((raw) => raw.trim())) {
    const head = /^\[(.*?)\]/.exec(one);
    if (head) at = head[1] ?? '';
    else if (one !== '' && !/^[#;]/.test(one)) (values[`${at}|${one.split('=')[0]?.trim()}`] ??= []).push(one.slice(one.indexOf('=') + 1).trim());
  }
  return values;
}

describe('editing INI, whatever it holds', () => {
  it('writes what is read back, once, and keeps all other values', () => {
    fc.assert(
      fc.property(file, edit, style, (before, wanted, how) => {
        const edited = editIni(before, [wanted], how);
        const { [`${wanted.section}|${wanted.key}`]: _, ...others } = readIni(before);
        const { [`${wanted.section}|${wanted.key}`]: found, ...kept } = readIni(edited);
        expect(found).toEqual(wanted.values?.map((one) => String(one)));
        expect(kept).toEqual(others);
        expect(editIni(edited, [wanted], how)).toBe(edited);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps all other lines byte for byte and in order', () => {
    fc.assert(
      fc.property(file, edit, style, (before, wanted, how) => {
        const lines = (found: string): string[] => (found.match(/[^\n]*\n|[^\n]+/g) ?? []).map((one) => one.replace(/\r?\n$/, ''));
        const others = (found: string): string[] => lines(found).filter((one) => one.split('=')[0]?.trim() !== wanted.key && one.trim() !== '' && one !== `[${wanted.section}]`);
        expect(others(editIni(before, [wanted], how))).toEqual(others(before));
        expect(lines(before).filter((one) => one.startsWith('[')).every((one) => lines(editIni(before, [wanted], how)).includes(one))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes whole sections away and nothing else', () => {
    fc.assert(
      fc.property(file, section.filter((name) => name !== ''), (before, gone) => {
        const edited = editIni(before, [{ section: gone, key: undefined, values: undefined }], { spaces: undefined, continued: 'never' });
        const wanted = Object.fromEntries(Object.entries(readIni(before)).filter(([name]) => !name.startsWith(`${gone}|`)));
        expect(readIni(edited)).toEqual(wanted);
      }),
    );
  });
});

describe('editing INI by example', () => {
  const set = (before: string, values: IniEdit['values'], how: Partial<Parameters<typeof editIni>[2]> = {}): string => editIni(before, [{ section: 's', key: 'k', values }], { spaces: undefined, continued: 'never', ...how });
  it.each([
    ['[s]\n  k  =  1  \n', [2], '[s]\n  k  =  2\n'],
    ['[s]\nk\n', [2], '[s]\nk = 2\n'],
    ['[s]\nk = 2\n', [null], '[s]\nk\n'],
    ['[s]\nk =\n', ['x'], '[s]\nk = x\n'],
    ['[s]\n\ta = 1\n\n[t]\n', [2], '[s]\n\ta = 1\n\tk = 2\n\n[t]\n'],
    ['a=1', [2], 'a=1\n\n[s]\nk=2\n'],
    ['[s]\nk=1\nk=2\nk=3\n', [2, 4], '[s]\nk=2\nk=4\n'],
    ['\uFEFF[s]\nk=1\n', [2], '\uFEFF[s]\nk=2\n'],
  ])('%j', (before, values, wanted) => {
    expect(set(before, values)).toBe(wanted);
  });
  it('takes a value over indented lines as one where its reader does', () => {
    expect(set('[s]\nk =\n  a==1\n  b\n\nz = 1\n', ['c'], { continued: 'indent' })).toBe('[s]\nk =\n  c\n\nz = 1\n'.replace('\n  c', ' c'));
    expect(set('[s]\nk = a\n  b\n', ['c'])).toBe('[s]\nk = c\n  b\n');
  });
});
