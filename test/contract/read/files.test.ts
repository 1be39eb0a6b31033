import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read, secret, Secret } from '../../../src/contract/index.ts';
import { nodeShells, take } from './take.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let dir = '';
const at = (name: string): string => join(dir, name);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "plinth read's "));
  writeFileSync(at('plain'), 'one\ntwo\n\n');
  writeFileSync(at('-dash $x'), 'dashed');
  writeFileSync(at('new\nline'), 'odd');
  writeFileSync(at('back\\slash'), 'odd too');
  writeFileSync(at('binary'), Buffer.from([0, 255, 1, 254]));
  writeFileSync(at('long'), 'x'.repeat(70_000));
  writeFileSync(at('.hidden'), '');
  chmodSync(at('plain'), 0o640);
  mkdirSync(at('empty'));
  mkdirSync(at('inner'), { mode: 0o755 });
  chmodSync(at('inner'), 0o1755);
  symlinkSync('plain', at('to plain'));
  symlinkSync('inner', at('to inner'));
  symlinkSync('nowhere', at('dangling'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe.each(nodeShells.map((shell) => [shell.join(' '), shell] as const))('readings of files by %s', (_, shell) => {
  it('content: the digest alone where it is the wanted one, the text where it is not', async () => {
    const found = await take(
      {
        same: read.content(at('plain'), sha256('one\ntwo\n\n')),
        other: read.content(at('plain'), sha256('other')),
        any: read.content(at('plain')),
        none: read.content(at('none')),
        dashed: read.content(at('-dash $x'), sha256('')),
        newline: read.content(at('new\nline'), sha256('')),
        backslash: read.content(at('back\\slash'), sha256('odd too')),
        linked: read.content(at('to plain')),
        directory: read.content(at('inner')),
        dangling: read.content(at('dangling')),
      },
      shell,
    );
    const text = 'one\ntwo\n\n';
    expect(found).toEqual({
      same: { sha256: sha256(text) },
      other: { sha256: sha256(text), text },
      any: { sha256: sha256(text), text },
      none: undefined,
      dashed: { sha256: sha256('dashed'), text: 'dashed' },
      newline: { sha256: sha256('odd'), text: 'odd' },
      backslash: { sha256: sha256('odd too') },
      linked: { sha256: sha256(text), text },
      directory: undefined,
      dangling: undefined,
    });
  });

  it('content: no text of what is long or no text', async () => {
    const found = await take({ binary: read.content(at('binary')), long: read.content(at('long')) }, shell);
    expect(found).toEqual({ binary: { sha256: createHash('sha256').update(Buffer.from([0, 255, 1, 254])).digest('hex') }, long: { sha256: sha256('x'.repeat(70_000)) } });
  });

  it('target: follows links, and says where they lead', async () => {
    const found = await take({ dangling: read.target(at('dangling')), plain: read.target(at('plain')), link: read.target(at('to plain')), inner: read.target(at('to inner')), newline: read.target(at('new\nline')) }, shell);
    const user = { owner: 'root', group: 'root' };
    expect(found.plain).toMatchObject({ type: 'file', mode: '0640', size: 9, path: at('plain'), ...user });
    expect(found.link).toMatchObject({ type: 'file', mode: '0640', size: 9, path: at('plain'), ...user });
    expect(found.inner).toMatchObject({ type: 'directory', mode: '1755', path: at('inner'), ...user });
    expect(found.newline).toMatchObject({ type: 'file', size: 3, path: at('new\nline') });
    expect(found.dangling).toBeUndefined();
  });

  it('stat: of a link itself, and of the directory it leads to by a dot', async () => {
    const found = await take({ link: read.stat(at('to inner')), behind: read.stat(`${at('to inner')}/.`), noDirectory: read.stat(`${at('plain')}/.`) }, shell);
    expect(found.link?.type).toBe('link');
    expect(found.behind).toMatchObject({ type: 'directory', mode: '1755' });
    expect(found.noDirectory).toBeUndefined();
  });

  it('link: the text of a link', async () => {
    const found = await take({ plain: read.link(at('plain')), to: read.link(at('to plain')), dangling: read.link(at('dangling')), none: read.link(at('none')) }, shell);
    expect(found).toEqual({ plain: undefined, to: 'plain', dangling: 'nowhere', none: undefined });
  });

  it('listing: every name, hidden and odd ones too', async () => {
    const found = await take({ dir: read.listing(dir), empty: read.listing(at('empty')), file: read.listing(at('plain')) }, shell);
    expect(found.dir).toEqual(['-dash $x', '.hidden', 'back\\slash', 'binary', 'dangling', 'empty', 'inner', 'long', 'new\nline', 'plain', 'to inner', 'to plain']);
    expect(found.empty).toEqual([]);
    expect(found.file).toBeUndefined();
  });

  it('matches: whether a file holds a secret, and nothing else of it', async () => {
    const found = await take({ yes: read.matches(at('-dash $x'), secretText('dashed')), no: read.matches(at('plain'), secretText('dashed')), none: read.matches(at('none'), secretText('')) }, shell);
    expect(found).toEqual({ yes: true, no: false, none: false });
  });
});

const secretText = (text: string): Secret => secret().parse(new Secret('secret', async () => text));
