import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson } from '../../src/modules/config/json/edit.ts';
import { parseJson, valueOf } from '../../src/modules/config/json/parse.ts';
import { parseKeyPath, showKeyPath } from '../../src/modules/config/keyed/keyPath.ts';
import { after, mapping, trial, value } from './arbitrary.ts';

const layouts: readonly ((document: unknown) => string)[] = [
  (document) => JSON.stringify(document),
  (document) => `${JSON.stringify(document, null, 2)}\n`,
  (document) => `${JSON.stringify(document, null, '\t')}`,
  (document) => `${JSON.stringify(document, null, 4).replaceAll('\n', '\r\n')}\r\n`,
  (document) => JSON.stringify(document, null, 1).replaceAll(/([^[{\\])\n */g, '$1 '),
];
const set = (text: string, key: string, wanted: unknown, comments = false): string => editJson(text, [{ key, path: parseKeyPath(key), value: wanted as string }], comments);
const remove = (text: string, key: string, comments = false): string => editJson(text, [{ key, path: parseKeyPath(key), value: undefined }], comments);

describe('editing JSON, whatever it holds', () => {
  it.each(layouts.map((layout, at) => [at, layout] as const))('writes what is read back, layout %i', (_, layout) => {
    fc.assert(
      fc.property(trial(mapping, value), ({ document, edit }) => {
        const edited = editJson(layout(document), [edit], false);
        expect(JSON.parse(edited)).toEqual(after(document, edit.path, edit.value));
        expect(editJson(edited, [edit], false)).toBe(edited);
      }),
      { numRuns: 400 },
    );
  });

  it('leaves a text alone that holds the value already', () => {
    fc.assert(fc.property(mapping, fc.constantFrom(...layouts), (document, layout) => {
      const edits = Object.entries(document).map(([key, one]) => ({ key, path: [key], value: one }));
      expect(editJson(layout(document), edits, false)).toBe(layout(document));
    }));
  });

  it('gives back every byte when what was set is taken away again', () => {
    fc.assert(
      fc.property(mapping, value, fc.constantFrom(...layouts.slice(0, 4)), (document, wanted, layout) => {
        fc.pre(!Object.hasOwn(document, 'new key') && Object.keys(document).length > 0);
        const edit = { key: 'k', path: ['new key'], value: wanted };
        expect(editJson(editJson(layout(document), [edit], false), [{ ...edit, value: undefined }], false)).toBe(layout(document));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every comment and every line that it does not set', () => {
    fc.assert(
      fc.property(mapping, value, fc.nat(), fc.boolean(), (document, wanted, which, isRemoval) => {
        const keys = [...Object.keys(document), 'new key'];
        const key = keys[which % keys.length] ?? '';
        const members = Object.entries(document).map(([name, one], at) => `  // before ${at}\n  ${JSON.stringify(name)}: ${JSON.stringify(one, null, 2).replaceAll('\n', '\n  ')}, // behind ${at}\n`);
        const text = `{\n${members.join('')}  // last\n}\n`;
        const edited = editJson(text, [{ key, path: [key], value: isRemoval ? undefined : wanted }], true);
        const at = Object.keys(document).indexOf(key);
        const gone = isRemoval && at >= 0 ? [`// behind ${at}`] : [];
        expect(edited.match(/\/\/ \w+ ?\d*/g) ?? []).toEqual((text.match(/\/\/ \w+ ?\d*/g) ?? []).filter((comment) => !gone.includes(comment)));
        members.forEach((member, index) => expect(index === at || edited.includes(member)).toBe(true));
        expect(valueOf(parseJson(edited, true))).toEqual(after(document, [key], isRemoval ? undefined : wanted));
      }),
      { numRuns: 300 },
    );
  });
});

describe('paths of keys', () => {
  it('are read as they are written', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.nat()), { minLength: 1 }), (path) => {
      expect(parseKeyPath(showKeyPath(path))).toEqual(path);
    }));
  });
  it.each(['', '.a', 'a..b', 'a.', 'a[x]', 'a"b"', 'a[0'])('refuse %j', (text) => {
    expect(() => parseKeyPath(text)).toThrow(/is no path of keys/);
  });
});

describe('editing JSON by example', () => {
  const commented = `{
  // about a
  "a": 1, // this is a
  /* block */ "b": [
    1, // one
  ],
}
`;
  it('knows comments and trailing commas', () => {
    expect(set(commented, 'c', true, true)).toBe(commented.replace('],\n}', '],\n  "c": true,\n}'));
    expect(set(commented, 'b[1]', 2, true)).toBe(commented.replace('1, // one\n', '1, // one\n    2,\n'));
    expect(remove(commented, 'a', true)).toBe(commented.replace('  "a": 1, // this is a\n', ''));
    expect(set('{\n  "a": 1 // last\n}\n', 'b', 2, true)).toBe('{\n  "a": 1, // last\n  "b": 2\n}\n');
  });
  it('makes what leads to a value', () => {
    expect(set('', 'log-opts.max-size', '10m')).toBe('{\n  "log-opts": {\n    "max-size": "10m"\n  }\n}\n');
    expect(set('{"a":null}', 'a.b[0]', 1)).toBe('{"a":{"b":[1]}}');
  });
  it.each([
    ['// x\n{}', 'a', 'holds a comment'],
    ['{"a": [1,]}', 'a', 'a comma before ]'],
    ['{"a": 1', 'a', 'a comma or } is expected'],
    ['{"a": 01}', 'a', 'is not JSON'],
    ['{"a": "x\n"}', 'a', 'a string does not end'],
    ['{"a": 1} x', 'a', 'something stands behind its end'],
    ['{"a": 1}', 'a.b', 'a is a single value, not a map'],
    ['{"a": []}', 'a.b', 'a is a list, not a map'],
    ['{"a": []}', 'a[1]', 'a[1] is beyond the end'],
    ['[]', 'a', 'the whole file is a list, not a map'],
  ])('refuses %j', (text, key, message) => {
    expect(() => set(text, key, 1)).toThrow(message);
  });
});
