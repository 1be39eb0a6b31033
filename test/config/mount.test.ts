import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from '../../src/contract/index.ts';
import { entriesFor, withEntry } from '../../src/modules/config/mount/fstab.ts';
import { differing } from '../../src/modules/config/mount/options.ts';
import { nodeShells, take } from '../contract/read/take.ts';

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('what is mounted, read by %s', (_, shell) => {
  it('tells the topmost mount, and undefined where there is none', async () => {
    const { proc, root, none } = await take({ proc: read.mount('/proc'), root: read.mount('/', 'UUID=none'), none: read.mount('/no such place') }, shell);
    expect(proc).toMatchObject({ fstype: 'proc', root: '/' });
    expect(proc?.options).toContain('rw');
    const last = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')).findLast(([, at]) => at === '/');
    expect(root).toMatchObject({ fstype: last?.[2], wanted: '/dev/disk/by-uuid/none' });
    expect(none).toBeUndefined();
  });
});

const line = fc.oneof(fc.constantFrom('# comment', '', '   ', 'UUID=1 / ext4 errors=remount-ro 0 1', '/dev/sdb /srv xfs', 'tmpfs\t/tmp/\ttmpfs nosuid', '/swap none swap sw 0 0'));
const fstab = fc.tuple(fc.array(line, { maxLength: 6 }), fc.boolean()).map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

describe('a line of fstab', () => {
  it('is written once, and every other line is kept', () => {
    fc.assert(
      fc.property(fstab, fc.constantFrom('/srv', '/tmp', '/new'), (text, path) => {
        const entry = { source: 'UUID=x', path, fstype: 'ext4', options: 'noatime', dump: '0', pass: '2' };
        fc.pre(entriesFor(text, path).length <= 1);
        const edited = withEntry(text, path, entry);
        expect(entriesFor(edited, path)).toEqual([entry]);
        expect(withEntry(edited, path, entry)).toBe(edited);
        const others = (found: string): string[] => found.split('\n').filter((one) => one !== '' && entriesFor(one, path).length === 0);
        expect(others(edited)).toEqual(others(text));
        expect(entriesFor(withEntry(edited, path, undefined), path)).toEqual([]);
        expect(others(withEntry(edited, path, undefined))).toEqual(others(text));
      }),
    );
  });
});

describe('mount options', () => {
  it.each<[string, string, string, string]>([
    ['defaults', 'rw,relatime', '', ''],
    ['defaults,nofail,x-systemd.automount', 'rw', '', ''],
    ['ro', 'rw', 'rw', 'ro'],
    ['defaults', 'ro,nosuid', 'ro,nosuid', 'rw,suid'],
    ['size=64M,mode=0755', 'rw,size=65536k,mode=755', '', ''],
    ['size=64M', 'rw,size=32768k', 'size=32768k', 'size=64M'],
    ['size=50%', 'rw,size=32768k', '', ''],
    ['noexec,exec', 'rw', '', ''],
  ])('%s against %s', (wanted, live, found, should) => {
    expect(differing(wanted.split(','), live.split(','))).toEqual({ found: found.split(',').filter(Boolean), should: should.split(',').filter(Boolean) });
  });
});
