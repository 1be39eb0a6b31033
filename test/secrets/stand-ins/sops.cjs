// Stands in for https://github.com/getsops/sops: the one call that Plinth makes, with the exit codes and the words of version 3.
// "Encrypted" values are ENC[base64]; the sops: map says what is to go wrong.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { parse } = createRequire(`${__dirname}/../../../package.json`)('yaml');

const fail = (code, text) => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};
const [decrypt, type, form, file, ...rest] = process.argv.slice(2);
if (decrypt !== '--decrypt' || type !== '--output-type' || form !== 'json' || file === undefined || rest.length > 0) fail(1, `Error: unexpected arguments ${process.argv.slice(2).join(' ')}`);
if (process.env.SOPS_LOG) require('node:fs').appendFileSync(process.env.SOPS_LOG, `${file}\n`);
const { sops, ...data } = parse(readFileSync(file, 'utf8'));
if (!sops) fail(1, 'sops metadata not found');
if (sops.fails === 'key') fail(128, 'Failed to get the data key required to decrypt the SOPS file.\n\nGroup 0: FAILED\n  age1qqq: FAILED\n    - | failed to load age identities: failed to open file: open\n      | keys.txt: no such file or directory\n\nRecovery failed because no master key was able to decrypt the file.');
if (sops.fails === 'mac') fail(51, 'MAC mismatch. File has 5D2F, computed 9A01');
const clear = (value) => {
  if (Array.isArray(value)) return value.map(clear);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clear(inner)]));
  const [, body] = /^ENC\[(.*)\]$/.exec(String(value)) ?? [];
  return body === undefined ? value : Buffer.from(body, 'base64').toString();
};
process.stdout.write(`${JSON.stringify(clear(data), undefined, '\t')}\n`);
