import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/contract/connection.ts';
import type { Source } from '../../src/contract/local.ts';
import { quote } from '../../src/contract/script/quote.ts';
import type { Carrier } from './carriers.ts';
import { eventually, goneMarked, longSleep, marked } from './processes.ts';

/** What every connection must do, whatever carries it. `root`: the shell is root's. */
export function connectionContract(carrier: Carrier, { root }: { readonly root: boolean }): void {
  describe(carrier.name, () => {
    let connection: Connection;
    let dir: string;
    beforeAll(async () => {
      connection = await carrier.open();
      const [made] = await connection.send([{ script: 'put dir "$(mktemp -d)"' }]);
      dir = made?.facts.get('dir') ?? '';
    });
    afterAll(async () => {
      await connection.close();
      await carrier.close?.();
      if (dir) rmSync(dir, { recursive: true, force: true });
    });
    const one = async (script: string) => (await connection.send([{ script }]))[0];

    it('tells exit codes, signals, syntax errors and unset variables apart from a broken link', async () => {
      const replies = await connection.send([{ script: 'exit 7' }, { script: 'kill -9 $(exec sh -c "echo \\$PPID")' }, { script: 'if' }, { script: 'echo "$nope"' }, { script: 'false; put never 1' }, { script: 'cd /; exit' }]);
      expect(replies.map((reply) => reply?.code)).toEqual([7, 137, 2, expect.toSatisfy((code) => code > 0), 1, 0]);
      expect(replies[4]?.facts.size).toBe(0);
    });

    it('keeps steps apart: directory, variables, functions, stdin', async () => {
      const replies = await connection.send([{ script: 'x=1; cd /usr; put() { :; }' }, { script: 'put x "${x-unset}"; put pwd "$PWD"; put in "$(cat)"; put locale "$LC_ALL"; case $PATH in */*) put path sbin;; esac' }]);
      expect(Object.fromEntries(replies[1]?.facts ?? [])).toEqual({ x: 'unset', pwd: expect.not.stringContaining('/usr'), in: '', locale: 'C', path: 'sbin' });
    });

    it('brings facts back byte for byte', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(word, word), { maxLength: 5 }), async (pairs) => {
          const wanted = new Map(pairs);
          const reply = await one([...wanted].map(([name, value]) => `put ${quote(name)} ${quote(value)}`).join('\n') || ':');
          expect(reply?.facts).toEqual(wanted);
        }),
        { numRuns: 40 },
      );
    });

    it('tells stdout from stderr and facts from both, also without newlines', async () => {
      const reply = await one(`printf out; put a b; printf err >&2; printf more; (put inner 1) >/dev/null 2>&1`);
      expect(reply).toMatchObject({ code: 0, stdout: 'outmore', stderr: 'err' });
      expect(reply?.facts).toEqual(new Map([['a', 'b'], ['inner', '1']]));
    });

    it('keeps the last 64 KiB of 1 MiB, and streams all of it', async () => {
      let streamed = 0;
      const [reply] = await connection.send([{ script: 'i=0; line=$(printf "%01023d" 7); while [ $i -lt 1024 ]; do echo "$line"; i=$((i+1)); done; echo end' }], { onOutput: ({ text }) => void (streamed += text.length) });
      expect(streamed).toBe(1024 * 1024 + 4);
      expect(reply?.stdout.length).toBe(64 * 1024);
      expect(reply?.stdout.endsWith('7\nend\n')).toBe(true);
    });

    it('streams output while the step runs, characters whole', async () => {
      const chunks: string[] = [];
      await connection.send([{ script: ':' }, { script: String.raw`printf '\303'; sleep 0.1; printf '\251\n'; echo oops >&2` }], { onOutput: ({ step, stream, text }) => void chunks.push(`${step} ${stream} ${text}`) });
      expect(chunks.filter((chunk) => chunk.includes('stdout')).join('')).toContain('é');
      expect(chunks.join('')).not.toContain('\uFFFD');
      expect(chunks).toContain('1 stderr oops\n');
    });

    it('does not run what comes after a gate that failed', async () => {
      const replies = await connection.send([{ script: 'true', gate: true }, { script: 'exit 4', gate: true }, { script: 'put ran 1' }]);
      expect(replies.map((reply) => reply?.code)).toEqual([0, 4, undefined]);
    });

    it('takes a script longer than any argv', async () => {
      const long = `put size ${quote('x'.repeat(300_000))}\n${'# filler\n'.repeat(20_000)}put end 1`;
      const reply = await one(long);
      expect(reply?.facts.get('size')?.length).toBe(300_000);
      expect(reply?.facts.get('end')).toBe('1');
    });

    it('survives a step that closes its streams, and one that writes binary rubbish', async () => {
      const replies = await connection.send([{ script: 'exec 1>&- 2>&-; exit 5' }, { script: 'head -c 100000 /dev/urandom; head -c 100000 /dev/urandom >&2; put a 1' }]);
      expect(replies.map((reply) => reply?.code)).toEqual([5, 0]);
      expect(replies[1]?.facts.get('a')).toBe('1');
    });

    it('leaves a daemon alone that a step started, and does not wait for it', async () => {
      const seconds = longSleep();
      const [reply] = await connection.send([{ script: `sleep ${seconds} & put pid $!` }]);
      const pid = Number(reply?.facts.get('pid'));
      expect((await one('echo next'))?.stdout).toBe('next\n');
      expect(marked(seconds)).toContain(pid);
      process.kill(pid);
    });

    it('answers 200 frames in order, sent at once', async () => {
      const replies = await Promise.all(Array.from({ length: 200 }, (_, n) => one(`put n ${n}`)));
      expect(replies.map((reply) => reply?.facts.get('n'))).toEqual(Array.from({ length: 200 }, (_, n) => String(n)));
    });

    it('ends the whole tree of a step whose time is over, and runs the others', async () => {
      const seconds = longSleep();
      const replies = await connection.send([{ script: 'put a 1' }, { script: `trap '' TERM; (sleep ${seconds}; :) & sleep ${seconds}`, timeout: 300 }, { script: 'put b 2' }]);
      expect(replies.map((reply) => [reply?.code === 0, reply?.timedOut])).toEqual([[true, undefined], [false, true], [true, undefined]]);
      expect(replies[2]?.facts.get('b')).toBe('2');
      expect(await goneMarked(seconds)).toEqual([]);
    });

    it('ends the tree when aborted, and works on', async () => {
      const seconds = longSleep();
      const abort = new AbortController();
      const sent = connection.send([{ script: `echo up; sleep ${seconds}` }], { signal: abort.signal, onOutput: () => abort.abort() });
      await expect(sent).rejects.toMatchObject({ diagnostics: [{ cause: 'aborted' }] });
      expect(await goneMarked(seconds)).toEqual([]);
      expect((await one('echo on'))?.stdout).toBe('on\n');
      await expect(connection.send([{ script: ':' }], { signal: AbortSignal.abort() })).rejects.toMatchObject({ diagnostics: [{ cause: 'aborted' }] });
    });

    it('runs critical steps to their end when aborted or out of time', async () => {
      const path = join(dir, 'critical');
      const [reply] = await connection.send([{ script: `echo a; sleep 0.5; put b c; echo d >&2; : >${quote(path)}`, critical: true, timeout: 100 }]);
      expect(reply).toMatchObject({ code: 0, stdout: 'a\n', stderr: 'd\n', facts: new Map([['b', 'c']]) });
      expect(statSync(path).isFile()).toBe(true);
    });

    it('puts files: binary, mode, owner, over an old one, big and small', async () => {
      for (const size of [0, 7, 40_000, 65_536, 5 * 1024 * 1024 + 13]) {
        const content = Buffer.alloc(size, Uint8Array.from([0, 255, 10, 39, 92, 7]));
        const path = join(dir, `it's "${size}"`);
        await connection.put({ path, content, mode: '0640', owner: 'root', group: root ? 'daemon' : 'root', validate: `test -f %s` });
        expect(readFileSync(path).equals(content)).toBe(true);
        expect(statSync(path)).toMatchObject({ uid: 0, gid: root ? 1 : 0, mode: 0o100640 });
        expect((await connection.fetch(path)).equals(content)).toBe(true);
      }
      expect(readdirSync(dir).filter((name) => name.startsWith('.plinth'))).toEqual([]);
    });

    it('pours a source piece by piece, and leaves nothing of one that breaks off', async () => {
      const path = join(dir, 'poured');
      const part = Buffer.alloc(700_000, 7);
      let pieces = 0;
      const source = (parts: number, broken = false): Source => ({
        kind: 'source',
        label: 'a big file',
        size: part.length * parts,
        sha256: createHash('sha256').update(Buffer.concat(Array.from({ length: parts }, () => part))).digest('hex'),
        async *open() {
          for (let n = 0; n < parts; n++) yield (pieces++, part);
          if (broken) throw new Error('it was changed meanwhile');
        },
        text: () => '',
      });
      const sent: number[] = [];
      await connection.put({ path, content: source(13), mode: '0600', owner: 'root', group: 'root' }, { onSent: (bytes) => void sent.push(bytes) });
      expect([statSync(path).size, pieces, sent]).toEqual([9_100_000, 13, [4_200_000, 8_400_000, 9_100_000]]);
      await expect(connection.put({ path, content: source(13, true), mode: '0600', owner: 'root', group: 'root' })).rejects.toThrow('changed meanwhile');
      await expect(connection.put({ path, content: { ...source(8), sha256: 'f'.repeat(64) }, mode: '0600', owner: 'root', group: 'root' })).rejects.toThrow('did not arrive whole');
      const check = (): Promise<void> => Promise.reject(new Error('it was changed here'));
      await expect(connection.put({ path, content: { ...source(8), sha256: 'f'.repeat(64), check }, mode: '0600', owner: 'root', group: 'root' })).rejects.toThrow('it was changed here');
      await connection.put({ path: join(dir, 'nothing poured'), content: source(0), mode: '0600', owner: 'root', group: 'root' });
      expect([statSync(path).size, statSync(join(dir, 'nothing poured')).size]).toEqual([9_100_000, 0]);
      expect(readdirSync(dir).filter((name) => name.startsWith('.plinth'))).toEqual([]);
      expect((await one('echo still here'))?.stdout).toBe('still here\n');
    });

    it('leaves the old file when the new one is refused, cannot be written or has no directory', async () => {
      const path = join(dir, 'kept');
      writeFileSync(path, 'old');
      for (const size of [10, 200_000]) {
        const file = { path, content: Buffer.alloc(size, 1), mode: '0644', owner: 'root', group: 'root' };
        await expect(connection.put({ ...file, validate: 'echo no good >&2; grep -q wanted %s' })).rejects.toThrow(/validation command refused[^]*no good/);
        await expect(connection.put({ ...file, owner: 'nobody-of-that-name' })).rejects.toThrow(/owner cannot be set/);
        await expect(connection.put({ ...file, path: join(dir, 'none/x') })).rejects.toThrow(/none\/x was not put in place/);
        await expect(connection.put({ ...file, path: dir })).rejects.toThrow(/is a directory/);
      }
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(dir).filter((name) => name.startsWith('.plinth'))).toEqual([]);
      expect((await one('echo still here'))?.stdout).toBe('still here\n');
    });

    it('says that a fetched file is not there', async () => {
      await expect(connection.fetch(join(dir, 'nothing'))).rejects.toMatchObject({ diagnostics: [{ cause: 'apply', summary: expect.stringContaining('nothing') }] });
    });

    it('counts round trips', async () => {
      const before = connection.trips;
      await connection.send([{ script: ':' }, { script: ':' }]);
      await connection.put({ path: join(dir, 'small'), content: Buffer.from('x'), mode: '0644', owner: 'root', group: 'root' });
      expect(connection.trips - before).toBe(2);
    });

    it('rejects with `lost`, never an exit code, when its shell dies', async () => {
      const other = await carrier.open();
      const seconds = longSleep();
      const sent = other.send([{ script: `echo last words >&2; exec sleep ${seconds}` }]);
      // The step's shell is a child of the frame's, that one of the runner: ended from within, as the OOM killer would.
      const pids = await eventually(() => marked(`sleep\0${seconds}`), (found) => found.length > 0);
      const parent = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/.*\) /, '').split(' ')[1]);
      const worker = parent(pids[0] ?? 0);
      if (worker > 1) {
        const runner = parent(worker);
        if (runner > 1) process.kill(runner, 'SIGKILL');
      }
      await expect(sent).rejects.toMatchObject({ diagnostics: [{ cause: 'lost', detail: expect.stringContaining('last words') }] });
      await expect(other.send([{ script: ':' }])).rejects.toMatchObject({ diagnostics: [{ cause: 'lost' }] });
      await other.close();
      expect(await goneMarked(`sleep\0${seconds}`)).toEqual([]);
    });
  });
}

const word = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('\n', ' ', "'", '"', '\\', '$(id)', '`id`', 'a\n\nb\n', '-n', '😀', '%s', '\r')).map((text) => text.replaceAll('\0', '').toWellFormed());
