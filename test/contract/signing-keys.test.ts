import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintsOf } from '../../src/modules/packages/packageRepository/openpgp.ts';
import { fingerprintFunctions } from '../../src/modules/packages/packageRepository/signingKeys.ts';

// Keys that gpg made for this test, and the fingerprints it told. Their private parts are gone.
const ed25519 = { fingerprint: 'B248E698EF1CA8572C6AE6B5FF00DE311B09ED81', armored: `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawCmhRYJKwYBBAHaRw8BAQdANcR4ruOAvB/1CI3M9OZih48viOntmU6j6BeT
/oepsy60K1BsaW50aCB0cmlhbCByZXBvc2l0b3J5IDx0cmlhbEBleGFtcGxlLm9y
Zz6IkAQTFggAOBYhBLJI5pjvHKhXLGrmtf8A3jEbCe2BBQJrAKaFAhsDBQsJCAcC
BhUKCQgLAgQWAgMBAh4BAheAAAoJEP8A3jEbCe2BQt8BAP51pp9yIzbkQlwH8I3u
/yGrsWxtr75Y3o6Vmlb5dsGRAQDFaRwecvWdEoyL6Fkx6dQO6ej1KX6laLWEfqJn
2EBkAA==
=IDzm
-----END PGP PUBLIC KEY BLOCK-----
` };
const rsa = { fingerprint: '03E2CCD374CE8930F020B2B7A201C2A9BE20610F', armored: `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQENBGsApoUBCACZNQzdTjOW/AbV3EiNC7KV06+DffMimn9pFnpZm8mUcdxDwkSQ
aLEkDK3hnYIx2epTKTCLbVmgJyOB9BZsEuMk5o1Flqkp3XPH4Fl354am4lKio74x
Jwy7GPjFm8HzevfdBDaF4LvgG9YgcBfRHVxWlgCWL8XjWFVxynbKQwcug8gfEHLh
WxuPXrvUXGgA+zxuL/7LiQsgfC4JVi3cNm10cmRaqKLxOqpGaeEWGslgN4Dr5og8
iXlyHmIOfrNyBor5NKJYJjQBrhV0bQfMJVVo5RfD1BSb+ZyGv36H9GuemYASkjZD
65nj8ivYkBVAcIEeqOo1j3Xvxp8tYNTL14ORABEBAAG0FlNlY29uZCA8YkBleGFt
cGxlLm9yZz6JAU4EEwEKADgWIQQD4szTdM6JMPAgsreiAcKpviBhDwUCawCmhQIb
AwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRCiAcKpviBhDxMpB/9Kkjeo3H2L
PPt7EJw86t1y1YjRnt8wDkgqB7QwWjrcc0h3Dh/P5ZJBPEdM5HkPSsjsQEE5C7fK
7dRTtyL2k4O75sLfUnZhT9MGseMGFGT4vE+JWrvD6FK+/kaBRwzWzAwrP9ztlzK5
VxxS52lM7lKF4ngF6NEkKB6K0rRauoc/vM8DJbzroUwJrIvh8YbYrkGgOlDZE6uM
UDdXCpkGjT71xhYqik168TaCKyle8wYZA1ubeYyufM31q6Q7chgwoDLez/wB0/g/
GfePPScrpuMjyhq+MDTw1USqmkFygQl0liWTxhr3YvvK/I73cGLfQbifYcAmu4g9
X2FB7OoIQlE/
=XcpD
-----END PGP PUBLIC KEY BLOCK-----
` };

const bodyOf = (armored: string): Buffer => Buffer.from(armored.split('\n').filter((line) => line !== '' && !/^[-=]/.test(line)).join(''), 'base64');
const armor = (bytes: Buffer): string => `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
/** The same packet under a header of the new form, as other programs than gpg write it. */
const newForm = (bytes: Buffer): Buffer => {
  const length = bytes.readUInt8(1);
  return Buffer.concat([Buffer.of(0xc6, length), bytes.subarray(2, 2 + length)]);
};

const dir = mkdtempSync(join(tmpdir(), 'plinth-keys-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const shells: readonly [string, readonly [string, ...string[]]][] = [['dash', ['dash']], ['bash', ['bash', '--posix']], ['busybox', ['busybox', 'sh']]];

async function onNode([command, ...flags]: readonly [string, ...string[]], content: string | Buffer): Promise<string[]> {
  const file = join(dir, 'key');
  writeFileSync(file, content);
  const { stdout, stderr, status } = spawnSync(command, flags, { input: `set -eu\n${await fingerprintFunctions.text()}\nfingerprints ${file}\n`, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}

describe.each(shells)('fingerprints by %s', (_, shell) => {
  it.each([
    ['an armored key', ed25519.armored, [ed25519.fingerprint]],
    ['an armored key with lines of Windows', ed25519.armored.replaceAll('\n', '\r\n'), [ed25519.fingerprint]],
    ['a binary key', bodyOf(ed25519.armored), [ed25519.fingerprint]],
    ['a long key', bodyOf(rsa.armored), [rsa.fingerprint]],
    ['a key under a header of the new form', newForm(bodyOf(ed25519.armored)), [ed25519.fingerprint]],
    ['two keys in one file', Buffer.concat([bodyOf(ed25519.armored), bodyOf(rsa.armored)]), [ed25519.fingerprint, rsa.fingerprint]],
    ['two armored blocks, of which apt reads one', ed25519.armored + rsa.armored, ['bad']],
    ['a page that says no', '<html>404</html>', ['bad']],
    ['a key that is cut off', bodyOf(rsa.armored).subarray(0, 200), ['bad']],
  ])('%s', async (_, content, expected) => {
    expect(await onNode(shell, content)).toEqual(expected);
  });
});

describe('fingerprints of a key in arguments', () => {
  it.each([
    ['one', ed25519.armored, [ed25519.fingerprint]],
    ['a long one', rsa.armored, [rsa.fingerprint]],
    ['one with a comment in its header', ed25519.armored.replace('\n\n', '\nComment: trial\n\n'), [ed25519.fingerprint]],
    ['one under a header of the new form', armor(newForm(bodyOf(ed25519.armored))), [ed25519.fingerprint]],
    ['two in one block', armor(Buffer.concat([bodyOf(ed25519.armored), bodyOf(rsa.armored)])), [ed25519.fingerprint, rsa.fingerprint]],
    ['two blocks', ed25519.armored + rsa.armored, undefined],
    ['something else', 'hello', undefined],
    ['one that is cut off', armor(bodyOf(rsa.armored).subarray(0, 200)), undefined],
  ])('%s', (_, armored, expected) => {
    expect(fingerprintsOf(armored)).toEqual(expected);
  });
});
