import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelArguments } from '../../src/modules/host/kernelArguments/index.ts';
import { edited, nameOf, wordsOf } from '../../src/modules/host/kernelArguments/words.ts';
import { planWith } from '../../src/testing/index.ts';

const words = fc.constantFrom('quiet', 'splash', 'ro', 'preempt=none', 'preempt=full', 'preempt', 'console=tty1', 'console=ttyS0,115200', 'root=UUID=1-2', 'a.b=*');
const lines = fc.array(words, { maxLength: 8 }).map((list) => list.join(' '));
const lists = fc.uniqueArray(words, { maxLength: 3 });

describe('a line of kernel arguments', () => {
  it('has what is wanted once, nothing that is unwanted, and all else in its order; a second edit changes nothing', () => {
    fc.assert(
      fc.property(lines, lists, lists, (line, wanted, others) => {
        const unwanted = others.filter((word) => !wanted.some((one) => one === word || nameOf(one) === word));
        const once = edited(line, wanted, unwanted);
        expect(edited(once, wanted, unwanted)).toBe(once);
        for (const word of wanted) expect(wordsOf(once).filter((one) => one === word)).toEqual([word]);
        for (const word of unwanted) expect(wordsOf(once)).not.toContain(word);
        const names = new Set([...wanted, ...unwanted].map(nameOf));
        const rest = (text: string): string[] => wordsOf(text).filter((word) => !names.has(nameOf(word)));
        expect(rest(once)).toEqual(rest(line));
      }),
    );
  });
});

/** What grub-mkconfig sees after it has read /etc/default/grub and our drop-in, as a shell reads both. */
function byGrub(shell: string, linux: string, byDefault: string, args: { present?: string[]; absent?: string[] }): string[] {
  const [change] = planWith(kernelArguments, args, { loader: { kind: 'grub', path: '', next: '' }, running: '' }).changes;
  const [command = '', ...flags] = shell.split(' ');
  const input = `set -e\nGRUB_CMDLINE_LINUX="${linux}"\nGRUB_CMDLINE_LINUX_DEFAULT="${byDefault}"\n${change?.to ?? ''}\nprintf '%s\\n' "$GRUB_CMDLINE_LINUX" "$GRUB_CMDLINE_LINUX_DEFAULT"\n`;
  const { stdout, status, stderr } = spawnSync(command, flags, { input, encoding: 'utf8', cwd: '/' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n').map((line) => line.trim());
}

describe.each([['dash'], ['bash --posix'], ['busybox sh']])('the drop-in of grub, read by %s', (shell) => {
  it('adds, replaces and takes away', () => {
    expect(byGrub(shell, 'net.ifnames=0 preempt=none', 'quiet splash', { present: ['preempt=full', 'mitigations=auto'], absent: ['quiet'] })).toEqual(['net.ifnames=0 preempt=full mitigations=auto', 'splash']);
  });

  it('tells values apart where they are named, and names that begin alike', () => {
    expect(byGrub(shell, 'console=tty1 console=ttyS0 consoleblank=0', '', { absent: ['console=ttyS0'] })[0]).toBe('console=tty1 consoleblank=0');
  });

  it('adds to an empty line', () => {
    expect(byGrub(shell, '', '', { present: ['a=1'] })[0]).toBe('a=1');
  });
});
