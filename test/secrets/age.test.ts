import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter, armor, generateHybridIdentity, generateIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open } from '../../src/inventory/secrets/age/open.ts';
import { seal } from '../../src/inventory/secrets/age/seal.ts';
import type { SecretSources } from '../../src/inventory/secrets/sources.ts';
import { readPrivateKey } from '../../src/transport/ssh/private-key.ts';
import { complaint } from '../inventory/given.ts';

let dir: string;
const file = (name: string): string => join(dir, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'plinth-age-'));
  const keygen = (name: string, passphrase: string, ...more: string[]): void => void execFileSync('ssh-keygen', ['-q', '-N', passphrase, '-C', 'somebody', '-f', file(name), ...more]);
  keygen('ed', '', '-t', 'ed25519');
  keygen('locked', 'open sesame', '-t', 'ed25519');
  keygen('rsa', '', '-t', 'rsa', '-b', '2048');
  keygen('pem', '', '-t', 'rsa', '-b', '2048', '-m', 'PEM');
});
afterAll(() => rmSync(dir, { recursive: true }));

const sourcesOf = (env: Record<string, string>, prompt?: SecretSources['prompt']): SecretSources => ({ env: { HOME: dir, ...env }, cwd: dir, sshKey: readPrivateKey, ...(prompt ? { prompt } : {}) });
const bytes = (sealed: string): Buffer => Buffer.from(sealed);

describe('an encrypted file', () => {
  it('opens with an age key, an SSH key of either type and form, and a post-quantum key, and is what the library makes', async () => {
    const plain = 'a: one\nb: "zwei \u00e4\u00f6"\n';
    const x25519 = await generateIdentity();
    const hybrid = await generateHybridIdentity();
    const sealed = await seal(plain, [await identityToRecipient(x25519), await identityToRecipient(hybrid), text('ed.pub').trim(), text('rsa.pub').trim(), text('pem.pub').trim()]);
    for (const env of [{ PLINTH_AGE_KEY: x25519 }, { PLINTH_AGE_KEY: hybrid }, ...['ed', 'rsa', 'pem'].map((name) => ({ PLINTH_AGE_IDENTITY: file(name) })), { PLINTH_AGE_KEY: text('ed') }]) {
      expect(await open(bytes(sealed), 'secrets.age', sourcesOf(env))).toBe(plain);
    }
    const decrypter = new Decrypter();
    decrypter.addIdentity(x25519);
    expect(await decrypter.decrypt(armor.decode(sealed), 'text')).toBe(plain);
  });

  it('opens with a key that has a passphrase, which is asked for only when the file names the key', async () => {
    const asked: string[] = [];
    const prompt = async (question: string): Promise<string> => (asked.push(question), 'open sesame');
    const env = { PLINTH_AGE_IDENTITY: `${file('ed')}:${file('locked')}` };
    expect(await open(bytes(await seal('x', [text('ed.pub')])), 'secrets.age', sourcesOf(env, prompt))).toBe('x');
    expect(asked).toEqual([]);
    expect(await open(bytes(await seal('x', [text('locked.pub')])), 'secrets.age', sourcesOf(env, prompt))).toBe('x');
    expect(asked).toEqual(['Passphrase of ~/locked']);
    expect(await complaint(open(bytes(await seal('x', [text('locked.pub')])), 'secrets.age', sourcesOf(env)))).toMatchInlineSnapshot(`
      "~/locked has a passphrase, and there is no terminal to ask for it
        → run it from a terminal, or give an identity without one: PLINTH_AGE_KEY or PLINTH_AGE_IDENTITY"
    `);
    expect(await complaint(open(bytes(await seal('x', [text('locked.pub')])), 'secrets.age', sourcesOf(env, async () => 'no')))).toMatchInlineSnapshot(`
      "this is not the passphrase of ~/locked
        → run it again"
    `);
  });

  it('opens with an identity file that is itself encrypted', async () => {
    const identity = await generateIdentity();
    const encrypter = new Encrypter();
    encrypter.setPassphrase('open sesame');
    encrypter.setScryptWorkFactor(10);
    writeFileSync(file('identity.age'), await encrypter.encrypt(`# created: today\n${identity}\n`));
    const env = { PLINTH_AGE_IDENTITY: file('identity.age') };
    const sealed = bytes(await seal('x', [await identityToRecipient(identity)]));
    expect(await open(sealed, 'secrets.age', sourcesOf(env, async () => 'open sesame'))).toBe('x');
    expect(await complaint(open(sealed, 'secrets.age', sourcesOf(env, async () => 'no')))).toMatchInlineSnapshot(`
      "this is not the passphrase of ~/identity.age
        → run it again"
    `);
    expect(await complaint(open(sealed, 'secrets.age', sourcesOf(env)))).toMatchInlineSnapshot(`
      "~/identity.age is encrypted with a passphrase, and there is no terminal to ask for it
        → run it from a terminal, or give an identity without one: PLINTH_AGE_KEY or PLINTH_AGE_IDENTITY"
    `);
  });

  it('says why it does not open', async () => {
    const identity = 'AGE-SECRET-KEY-1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQ';
    const mine = await generateIdentity();
    const theirs = await generateIdentity();
    const sealed = await seal('x', [await identityToRecipient(theirs), text('ed.pub')]);
    const of = async (what: string | Buffer, env: Record<string, string> = { PLINTH_AGE_KEY: mine }): Promise<string> =>
      (await complaint(open(Buffer.from(what), 'secrets.age', sourcesOf(env)))).replaceAll(dir, 'DIR').replaceAll(await identityToRecipient(mine), 'age1mine');
    expect(await of(sealed)).toMatchInlineSnapshot(`
      "none of your identities opens secrets.age
        it is encrypted to 1 of X25519, 1 of ssh-ed25519
        PLINTH_AGE_KEY: age1mine
        → somebody who can open it adds your public key to its recipients and runs \`plinth secrets rekey\`: age1mine"
    `);
    expect(await of(sealed, {})).toMatchInlineSnapshot(`
      "there is no identity to open secrets.age with
        looked at: PLINTH_AGE_KEY, PLINTH_AGE_IDENTITY, DIR/.config/plinth/age.txt, DIR/.config/sops/age/keys.txt, DIR/.ssh/id_ed25519, DIR/.ssh/id_rsa
        → make one with \`plinth secrets init\`, and have its public half added by somebody who can open the file"
    `);
    expect(await of(sealed, { PLINTH_AGE_IDENTITY: file('gone') })).toMatchInlineSnapshot(`
      "the identity ~/gone cannot be read
        ENOENT: no such file or directory, open 'DIR/gone'
        → PLINTH_AGE_IDENTITY names files, with colons between"
    `);
    expect(await of(sealed, { PLINTH_AGE_IDENTITY: file('ed.pub') })).toMatchInlineSnapshot(`
      "~/ed.pub holds no identity
        → an identity is a line AGE-SECRET-KEY-1... (made by \`plinth secrets init\` or age-keygen), or an SSH private key"
    `);
    expect(await of(sealed, { PLINTH_AGE_KEY: identity })).toMatchInlineSnapshot(`
      "an identity in PLINTH_AGE_KEY is cut or damaged
        → its line begins with AGE-SECRET-KEY-1 and is copied whole"
    `);
    expect(await of(sealed, { PLINTH_AGE_KEY: 'hunter2' })).toMatchInlineSnapshot(`
      "PLINTH_AGE_KEY holds no identity
        → it is AGE-SECRET-KEY-1..., or the text of an SSH private key"
    `);
    expect(await of('')).toMatchInlineSnapshot(`
      "secrets.age is damaged: it is empty
        → take it from git again, or from a backup"
    `);
    expect(await of('password: hunter2\n')).toMatchInlineSnapshot(`
      "secrets.age is damaged: it is no encrypted file of age (invalid header)
        → take it from git again, or from a backup"
    `);
    expect(await of(`<<<<<<< HEAD\n${sealed}=======\n${sealed}>>>>>>> theirs\n`)).toMatchInlineSnapshot(`
      "secrets.age is damaged: git left its conflict marks in it
        → take one side (git checkout --ours secrets.age), and add what the other had with \`plinth secrets edit\`"
    `);
    expect(await of(sealed.replace(/^-----END.*/m, ''))).toMatchInlineSnapshot(`
      "secrets.age is damaged: it is no encrypted file of age (invalid footer)
        → take it from git again, or from a backup"
    `);
    const whole = Buffer.from(armor.decode(await seal('x'.repeat(99), [await identityToRecipient(mine)])));
    expect(await of(whole.subarray(0, -20))).toMatchInlineSnapshot(`
      "secrets.age is damaged: invalid tag
        → take it from git again, or from a backup"
    `);
    const flipped = Buffer.from(whole);
    flipped[flipped.length - 30] = (flipped.at(-30) ?? 0) ^ 1;
    expect(await of(flipped)).toMatchInlineSnapshot(`
      "secrets.age is damaged: invalid tag
        → take it from git again, or from a backup"
    `);
    const header = whole.indexOf('--- ') + 8;
    const changed = Buffer.from(whole);
    changed[header] = changed[header] === 65 ? 66 : 65;
    expect(await of(changed)).toMatchInlineSnapshot(`
      "secrets.age is damaged: invalid header HMAC
        → take it from git again, or from a backup"
    `);
  });

  it('never breaks on damage of any kind, and never gives another text', async () => {
    const identity = await generateIdentity();
    const plain = 'a: one\n';
    const whole = Buffer.from(armor.decode(await seal(plain, [await identityToRecipient(identity), text('ed.pub')])));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const broken = Buffer.from(whole);
        broken[at] = (broken[at] ?? 0) ^ change;
        await expect(open(broken, 'secrets.age', sourcesOf({ PLINTH_AGE_KEY: identity }))).rejects.toMatchObject({ name: 'PlinthError' });
      }),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(spawnSync('age', ['--version']).status !== 0)('the age program, where it is installed', () => {
  it('opens with SSH keys what we encrypt, and the other way round', async () => {
    for (const key of ['ed', 'rsa']) {
      writeFileSync(file('ours.age'), await seal('from us', [text(`${key}.pub`)]));
      expect(execFileSync('age', ['-d', '-i', file(key), file('ours.age')], { encoding: 'utf8' })).toBe('from us');
      execFileSync('age', ['-e', '-R', file(`${key}.pub`), '-o', file('theirs.age')], { input: 'from them' });
      expect(await open(readFileSync(file('theirs.age')), 'theirs.age', sourcesOf({ PLINTH_AGE_IDENTITY: file(key) }))).toBe('from them');
    }
  });
});
