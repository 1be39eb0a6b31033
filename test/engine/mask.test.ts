import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/contract/index.ts';
import { encodingsOf } from '../../src/engine/encodings.ts';
import { createMasker, mask } from '../../src/engine/mask.ts';

const masking = (...values: readonly string[]): ReturnType<typeof createMasker> => {
  const masker = createMasker();
  for (const value of values) masker.add(value);
  return masker;
};
const streamed = (masker: ReturnType<typeof createMasker>, chunks: readonly string[]): string => {
  const stream = masker.stream();
  return chunks.map((chunk) => stream.push(chunk)).join('') + stream.end();
};

/** Text cut at any places. */
const cut = (text: string, places: readonly number[]): readonly string[] => {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end));
};

/** Encoders written here on their own, so that the masker's are checked and not repeated. */
const encoders: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 of a line': (text) => Buffer.from(`${text}\n`).toString('base64'),
  'base64 without padding': (text) => Buffer.from(text).toString('base64').replace(/=*$/, ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  percent: (text) => encodeURIComponent(text),
  'percent, small digits': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  json: (text) => JSON.stringify(text).slice(1, -1),
  'json in json': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  quoted: (text) => quote(text),
  'single quotes': (text) => text.split("'").join("'\\''"),
  'double quotes': (text) => text.replace(/(["\\$`])/g, '\\$1'),
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  od: (text) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  xml: (text) => text.split('&').join('&amp;').split('<').join('&lt;').split('>').join('&gt;').split('"').join('&quot;'),
};

const secretText = fc.oneof(fc.string({ minLength: 3, maxLength: 40 }), fc.string({ unit: 'grapheme', minLength: 3, maxLength: 20 }), fc.string({ unit: fc.constantFrom('a', 'b', "'", '"', '\\', '$', ' ', '\n', '%', '+', '/', '&'), minLength: 3, maxLength: 12 })).filter((text) => text.trim().length >= 3);
const noise = fc.string({ maxLength: 20 });

describe('masking', () => {
  it.each(Object.entries(encoders))('hides a secret in the form %s, in any chunking', (_, encode) => {
    fc.assert(
      fc.property(secretText, noise, noise, fc.array(fc.nat(), { maxLength: 8 }), (secret, before, after, places) => {
        const masker = masking(secret);
        const planted = encode(secret);
        const text = `${before}${planted}${after}${planted}`;
        // The mark that stands for a secret may spell one by chance: `***` is a fair password.
        fc.pre(!mask.includes(planted) && !`${before}${mask}${after}${mask}`.includes(planted));
        expect(masker.mask(text)).not.toContain(planted);
        expect(streamed(masker, cut(text, places))).not.toContain(planted);
      }),
    );
  });

  it('says the same of a stream as of the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x'), maxLength: 60 }), fc.array(fc.nat(), { maxLength: 20 }), (secrets, text, places) => {
        const masker = masking(...secrets);
        expect(streamed(masker, cut(text, places))).toBe(masker.mask(text));
      }),
    );
  });

  it('hides every character of overlapping secrets', () => {
    expect(masking('abcd', 'cdef').mask('xabcdefx')).toBe(`x${mask}x`);
    expect(masking('aaa').mask('aaaa')).toBe(mask);
    expect(masking('secret', 'secret-longer').mask('a secret-longer one')).toBe(`a ${mask} one`);
    expect(streamed(masking('abcd', 'cdef'), ['xabc', 'd', 'efx'])).toBe(`x${mask}x`);
  });

  it('finds base64 at every position of a group', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 30 }), fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }), (secret, before, after) => {
        fc.pre(secret.trim().length >= 6);
        const encoded = Buffer.from(before + secret + after).toString('base64');
        const shown = masking(secret).mask(encoded);
        expect(shown).toContain(mask);
        // What is left of the secret are at most the two characters at its edges, which hold bits of its neighbours.
        expect(shown.length - mask.length).toBeLessThanOrEqual(encoded.length - Math.floor((Buffer.from(secret).length * 4) / 3) + 3);
      }),
    );
  });

  it('finds long secrets that base64 breaks into lines, and the lines of a key', () => {
    const key = `-----BEGIN KEY-----\n${Array.from({ length: 4 }, (_, n) => `${n}`.repeat(64)).join('\n')}\n-----END KEY-----\n`;
    const masker = masking(key);
    for (const width of [64, 76]) {
      const broken = Buffer.from(key).toString('base64').replace(new RegExp(`(.{${width}})`, 'g'), '$1\n');
      expect(masker.mask(broken).replaceAll(mask, '').replaceAll(/[\n=]/g, '').length).toBeLessThan(8);
    }
    expect(masker.mask(`  | ${'1'.repeat(64)}\n  | -----END KEY-----`)).toBe(`  | ${mask}\n  | -----END KEY-----`);
    expect(masker.mask(key.replaceAll('\n', '\r\n'))).toBe(mask);
  });

  it('holds back no more than what may be the beginning of a secret', () => {
    const stream = masking('hunter2').stream();
    expect(stream.push('the h')).toBe('the ');
    expect(stream.push('orse hunt')).toBe('horse ');
    expect(stream.push('er')).toBe('');
    expect(stream.push('2!')).toBe(`${mask}!`);
    expect(stream.push('hunt')).toBe('');
    expect(stream.end()).toBe('hunt');
    expect(stream.end()).toBe('');
  });

  it('knows secrets that come while a stream is open', () => {
    const masker = createMasker();
    const stream = masker.stream();
    expect(stream.push('token ')).toBe('token ');
    masker.add('minted');
    expect(stream.push('minted now')).toBe(`${mask} now`);
  });

  it('leaves text alone that holds no secret, and skips what is too short with a word about it', () => {
    const notes: string[] = [];
    const masker = createMasker((message) => notes.push(message));
    for (const value of ['', 'ab', 'ab', ' x ', 'abc']) masker.add(value);
    expect(masker.mask('ab x')).toBe('ab x');
    expect(masker.mask('xabcx')).toBe(`x${mask}x`);
    expect(notes).toEqual(Array(2).fill('a secret of fewer than 3 characters cannot be hidden in output: it would be found everywhere'));
  });

  it('takes every string, well-formed or not', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 3 }), (value) => [...encodingsOf(value)].every((form) => form.length >= 3)));
    expect(masking('\ud800abc').mask('x\ud800abcx')).toBe(`x${mask}x`);
  });
});
