import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { upload } from '../../src/contract/change.ts';
import { stagingName } from '../../src/contract/stagingName.ts';
import { prepareEffect } from '../../src/engine/effect.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'plinth-upload-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const shells = [['sh'], ['bash'], ['busybox', 'sh']] as const;

/** Runs what puts the file in place, as a step of a frame does. */
async function put(shell: readonly string[], file: Partial<Parameters<typeof upload>[0]>): Promise<string> {
  const action = await prepareEffect(upload({ path: join(dir, 'file'), content: 'wanted\n', mode: '0640', owner: 'root', group: 'root', ...file }), {}, true);
  if (action.kind !== 'step') throw new Error('not inline');
  const [program = '', ...args] = shell;
  try {
    execFileSync(program, [...args, '-c', `set -eu\n${action.step.script}`], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('a small file put in place by %s', (_name, shell) => {
  it.each([
    ['text', 'wanted\n', '0640'],
    ['with x', '#!/bin/sh\n', '0755'],
    ['bytes', Uint8Array.from([0, 255, 10, 13]), '0600'],
  ])('is there whole, with its mode, and nothing else is: %s', async (_what, content, mode) => {
    expect(await put(shell, { content, mode })).toBe('');
    expect(readFileSync(join(dir, 'file'))).toEqual(Buffer.from(content));
    expect((lstatSync(join(dir, 'file')).mode & 0o777).toString(8)).toBe(mode.slice(1));
    expect(readdirSync(dir)).toEqual(['file']);
  });

  it('replaces what a node that lost its power left behind', async () => {
    writeFileSync(join(dir, stagingName(join(dir, 'file'))), 'half of it');
    expect(await put(shell, {})).toBe('');
    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('wanted\n');
    expect(readdirSync(dir)).toEqual(['file']);
  });

  it('does not follow a link that somebody laid in its way', async () => {
    writeFileSync(join(dir, 'theirs'), 'theirs');
    symlinkSync(join(dir, 'theirs'), join(dir, stagingName(join(dir, 'file'))));
    expect(await put(shell, {})).toBe('');
    expect(readFileSync(join(dir, 'theirs'), 'utf8')).toBe('theirs');
    expect(lstatSync(join(dir, 'file')).isFile()).toBe(true);
    expect(readdirSync(dir).toSorted()).toEqual(['file', 'theirs']);
  });

  it('leaves the old one, and nothing beside it, when the new one is refused', async () => {
    writeFileSync(join(dir, 'file'), 'old');
    expect(await put(shell, { validate: 'grep -q nothing %s' })).not.toBe('');
    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['file']);
  });
});
