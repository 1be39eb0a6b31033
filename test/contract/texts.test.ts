import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line } from '../../src/modules/files/line/index.ts';
import { linesOf } from '../../src/modules/files/lines.ts';
import { withBlock } from '../../src/modules/files/withBlock.ts';
import { newestKernel } from '../../src/modules/system/reboot/newestKernel.ts';
import { planWith } from '../../src/testing/index.ts';

const begin = '# BEGIN x';
const end = '# END x';
/** Texts of lines that meet markers often enough, with and without a last newline. */
const texts = fc.tuple(fc.array(fc.oneof(fc.constantFrom(begin, end, '', 'a', 'b'), fc.string({ unit: fc.constantFrom('a', '#', ' ', 'é') })), { maxLength: 12 }), fc.boolean()).map(([lines, isEnded]) => lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''));
const contents = fc.array(fc.constantFrom('one', 'two', '', 'a'), { maxLength: 4 }).map((lines) => lines.join('\n'));

describe('a block in a text', () => {
  it('is there once after it was put there, and is put there once', () => {
    fc.assert(
      fc.property(texts, contents, (text, content) => {
        const once = withBlock(text, { begin, end, content });
        expect(withBlock(once, { begin, end, content })).toBe(once);
        expect(linesOf(once).filter((one) => one === begin)).toHaveLength(1);
        expect(once).toContain([begin, ...linesOf(content), end, ''].join('\n'));
      }),
    );
  });

  it('is gone after it was taken away, and what others wrote is there in its order', () => {
    fc.assert(
      fc.property(texts, contents, (text, content) => {
        const others = (of: string): string[] => linesOf(withBlock(of, { begin, end, content: undefined }));
        const without = others(text);
        expect(without).not.toContain(begin);
        expect(others(withBlock(text, { begin, end, content }))).toEqual(without);
      }),
    );
  });

  it('leaves a text without it as it is, to the last byte', () => {
    fc.assert(
      fc.property(texts.filter((text) => !text.includes('#')), (text) => {
        expect(withBlock(text, { begin, end, content: undefined })).toBe(text);
      }),
    );
  });
});

describe('a line in a text', () => {
  const after = (text: string, args: Parameters<typeof planWith<typeof line.args, ReturnType<typeof line.observe>, unknown>>[1]): string => {
    const target = { type: 'file' as const, mode: '0644', owner: 'root', group: 'root', size: Buffer.byteLength(text), mtime: 0, path: '/a' };
    const [change] = planWith(line, args, { text, target }).changes;
    return change?.to ?? text;
  };

  it('is there after one edit, and a second edits nothing', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), fc.constantFrom(undefined, '^a', '^#'), (text, every, match) => {
        const args = { path: '/a', line: match === '^#' ? '# x' : 'a x', every, ...(match === undefined ? {} : { match }) };
        const once = after(text, args);
        expect(linesOf(once)).toContain(args.line);
        expect(after(once, args)).toBe(once);
      }),
    );
  });

  it('is gone after it was taken away, all others stay', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = after(text, { path: '/a', match: '^#', state: 'absent' });
        expect(linesOf(once)).toEqual(linesOf(text).filter((one) => !one.startsWith('#')));
      }),
    );
  });
});

describe('the newest kernel', () => {
  it.each([
    ['6.1.0-18-amd64', ['vmlinuz-6.1.0-18-amd64', 'vmlinuz-6.1.0-21-amd64', 'config-6.1.0-99-amd64'], '6.1.0-21-amd64'],
    ['6.1.0-9-amd64', ['vmlinuz-6.1.0-10-amd64', 'vmlinuz-6.1.0-8-amd64'], '6.1.0-10-amd64'],
    ['6.1.0-18-amd64', ['vmlinuz-6.12.41+deb13-amd64'], '6.12.41+deb13-amd64'],
    ['6.1.0-18-amd64', ['vmlinuz-6.9.7+bpo-amd64', 'vmlinuz-6.9.7+bpo-cloud-amd64'], '6.9.7+bpo-amd64'],
    ['6.8.0-31-generic', ['vmlinuz-6.8.0-35-generic', 'vmlinuz-6.8.0-40-lowlatency', 'vmlinuz', 'vmlinuz.old'], '6.8.0-35-generic'],
    ['6.6.31+rpt-rpi-v8', ['vmlinuz-6.6.51+rpt-rpi-v8', 'vmlinuz-6.6.62+rpt-rpi-2712'], '6.6.51+rpt-rpi-v8'],
    ['6.5.6-300.fc39.x86_64', ['vmlinuz-6.8.5-301.fc40.x86_64', 'vmlinuz-0-rescue-0123456789abcdef'], '6.8.5-301.fc40.x86_64'],
    ['5.14.0-362.8.1.el9_3.x86_64', ['vmlinuz-5.14.0-427.13.1.el9_4.x86_64'], '5.14.0-427.13.1.el9_4.x86_64'],
    ['6.6.31-0-lts', ['vmlinuz-lts'], undefined],
    ['6.18.44', [], undefined],
  ])('of %s beside %j is %s', (running, boot, newest) => {
    expect(newestKernel(running, boot)).toBe(newest);
  });
});
