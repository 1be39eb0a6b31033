import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameResult, frameReader } from '../../src/transport/shell/reader.ts';
import { splitter } from '../../src/transport/shell/splitter.ts';
import { tail } from '../../src/transport/shell/tail.ts';

const nonce = '0123456789abcdefABCDEF89';

/** Cuts bytes at the given places, which are taken modulo its length. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
}

const places = fc.array(fc.nat(), { maxLength: 30 });
/** Bytes of programs: anything, the beginnings of marks included, but for the nonce itself, which no program knows. */
const noise = fc.array(fc.oneof(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)), fc.nat(nonce.length - 1).map((length) => Buffer.from(nonce.slice(0, length)))), { maxLength: 6 }).map((parts) => Buffer.concat(parts)).filter((bytes) => !bytes.includes(nonce));

describe('a stream with marks in it', () => {
  it('means the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, fc.string({ unit: fc.constantFrom('B', 'p', 'x', 'E', '=', '.', '0', ' ', '1'), minLength: 1, maxLength: 20 }))), noise, places, (pieces, end, at) => {
        const bytes = Buffer.concat([...pieces.flatMap(([raw, mark]) => [raw, Buffer.from(`${nonce}${mark}\n`)]), end]);
        const raw: Buffer[] = [];
        const marks: string[] = [];
        const feed = splitter(nonce, (token) => (token.kind === 'raw' ? raw.push(token.bytes) : marks.push(token.tag + token.rest)));
        for (const chunk of cut(bytes, at)) feed(Buffer.from(chunk));
        // What could still become a mark is kept back: a newline shows that it does not.
        feed(Buffer.from('\n\n'));
        const wanted = Buffer.concat([...pieces.map(([piece]) => piece), end, Buffer.from('\n\n')]);
        expect(marks).toEqual(pieces.map(([, mark]) => mark));
        expect(Buffer.concat(raw).equals(wanted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps back little of what never becomes a mark', () => {
    let seen = 0;
    const feed = splitter(nonce, (token) => (seen += token.kind === 'raw' ? token.bytes.length : 0));
    feed(Buffer.from(nonce + 'x'.repeat(1000)));
    expect(seen).toBeGreaterThan(900);
  });
});

describe('a frame', () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 30 });
  it('is understood wherever its bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ facts: fc.dictionary(value, value, { maxKeys: 4 }), out: value, err: value, code: fc.nat(255) }), { minLength: 1, maxLength: 5 }), places, places, (steps, outAt, errAt) => {
        const out = [`noise${nonce}S\n`];
        const err = ['noise'];
        steps.forEach(({ facts, out: stdout, err: stderr, code }, index) => {
          out.push(`${nonce}B${index}\n${stdout}`, ...Object.entries(facts).map(([name, text]) => `${nonce}p\n${name}${nonce}=\n${text}${nonce}.\n`), `${nonce}x${index} ${code}\n`, 'late noise');
          err.push(`${nonce}b${index}\n${stderr}${nonce}e${index}\n`, 'late noise');
        });
        let result: FrameResult | undefined;
        const streamed = { stdout: '', stderr: '' };
        const reader = frameReader({ done: (one) => (result = one), output: (_step, stream, text) => void (streamed[stream] += text), overflow: () => expect.unreachable() }, false);
        const [feedOut, feedErr] = [splitter(nonce, reader.stdout), splitter(nonce, reader.stderr)];
        for (const chunk of cut(Buffer.from(`${out.join('')}${nonce}E0\n`), outAt)) feedOut(Buffer.from(chunk));
        expect(result).toBeUndefined();
        for (const chunk of cut(Buffer.from(`${err.join('')}${nonce}E\n`), errAt)) feedErr(Buffer.from(chunk));
        expect(result?.steps.map((step) => step && { facts: Object.fromEntries(step.facts), out: step.stdout, err: step.stderr, code: step.code })).toEqual(steps.map((step) => ({ ...step, facts: Object.fromEntries(Object.entries(step.facts)) })));
        expect(streamed).toEqual({ stdout: steps.map((step) => step.out).join(''), stderr: steps.map((step) => step.err).join('') });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a tail', () => {
  it('holds the last bytes, characters whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 4, max: 50 }), (texts, limit) => {
        const kept = tail(limit);
        for (const text of texts) kept.add(Buffer.from(text));
        const all = texts.join('');
        expect(all.endsWith(kept.text())).toBe(true);
        expect(Buffer.byteLength(kept.text())).toBeLessThanOrEqual(limit);
        expect(Buffer.byteLength(kept.text())).toBeGreaterThanOrEqual(Math.min(limit - 3, Buffer.byteLength(all)));
      }),
    );
  });
});
