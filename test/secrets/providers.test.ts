import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Secret, secret } from '../../src/contract/index.ts';
import { defineFleet } from '../../src/dsl/fleet.ts';
import { type Inventory, loadInventory } from '../../src/inventory/index.ts';
import { seal } from '../../src/inventory/secrets/age/seal.ts';
import { complaint, folderWith } from '../inventory/given.ts';

const fleet = defineFleet({ shared: z.strictObject({ a: secret(), b: secret().optional() }), groups: {} });
const standIns = join(import.meta.dirname, 'stand-ins');
const value = 'p:w "x" \'y\' \u00e4';

/** One provider: a reference that gives `value`, one that names nothing that is there, and one that is there and empty. */
interface Provider {
  readonly good: string;
  readonly absent?: string;
  readonly empty?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: string;
}

const identity = await generateIdentity();
const mine = await identityToRecipient(identity);
const notMine = await seal('a: x\n', [await identityToRecipient(await generateIdentity())]);
const twice = await seal('a: hunter2\na: hunter3\n', [mine]);
const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const enc = (text: string): string => `ENC[${Buffer.from(text).toString('base64')}]`;

const providers: Readonly<Record<string, Provider>> = {
  age: { good: 'age:site.password', absent: 'age:site.pasword', empty: 'age:nothing', files: { 'secrets.age': await seal(`site:\n  password: ${single(value)}\nnothing:\n`, [mine]) }, env: { PLINTH_AGE_KEY: identity } },
  'age in another file': { good: 'age:../shared.age#password', absent: 'age:../gone.age#password', files: { '../shared.age': await seal(`password: ${single(value)}\n`, [mine]) }, env: { PLINTH_AGE_KEY: identity } },
  sops: { good: 'sops:site.password', absent: 'sops:site.pasword', empty: 'sops:nothing', files: { 'secrets.sops.yaml': `site: { password: "${enc(value)}", port: 12 }\nnothing: ${enc('')}\nsops: { version: 3.9.0 }\n` } },
  'sops in another file': { good: 'sops:prod.yaml#password', absent: 'sops:gone.yaml#password', files: { 'prod.yaml': `password: ${enc(`${value}\n`)}\nsops: {}\n` } },
  env: { good: 'env:TOKEN', absent: 'env:NOPE', empty: 'env:NOTHING', env: { TOKEN: value, NOTHING: '' } },
  dotenv: { good: 'dotenv:TOKEN', absent: 'dotenv:TOKN', empty: 'dotenv:NOTHING', files: { 'secret.env': `TOKEN="${value.replaceAll('"', '\\"')}"\nNOTHING=\n` } },
  file: { good: 'file:keys/token', absent: 'file:keys/gone', empty: 'file:keys/nothing', files: { 'keys/token': `${value}\n`, 'keys/nothing': '' } },
  command: { good: 'command:pass show lab/sudo', absent: 'command:pass show lab/gone', empty: 'command:pass show nothing' },
  prompt: { good: 'prompt:Password of the lab', answer: value },
};

/** As pass, op, bw and vault answer: the value and a newline, or a word on stderr and an exit code. */
const manager = `#!/bin/sh
echo "$0 $*" >> "$CALLS"
case "$*" in
  *gone*) echo "Error: $* is not in the password store." >&2; echo half-a-secret; exit 1;;
  *nothing*) echo;;
  *) printf '%s\\n' ${`'${value.replaceAll("'", `'\\''`)}'`};;
esac
`;

async function loaded(reference: string, { files = {}, env = {}, answer }: Provider, asked: string[] = []): Promise<{ inventory: Inventory; cwd: string }> {
  const cwd = await folderWith({ 'inventory/lab.yaml': `vars: { a: !secret ${single(reference)} }\nhosts: { h: , i: { vars: { b: !secret ${single(reference)} } } }\n`, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [join('inventory', name), text])) });
  mkdirSync(join(cwd, 'bin'));
  for (const name of ['pass', 'op', 'bw', 'vault']) {
    writeFileSync(join(cwd, 'bin', name), manager);
    chmodSync(join(cwd, 'bin', name), 0o755);
  }
  const inventory = await loadInventory('inventory/lab.yaml', fleet, {
    cwd,
    env: { HOME: cwd, PATH: `${standIns}:${join(cwd, 'bin')}:${process.env.PATH}`, CALLS: join(cwd, 'calls'), SOPS_LOG: join(cwd, 'calls'), ...env },
    ...(answer === undefined ? {} : { prompt: async (question: string) => (asked.push(question), answer) }),
  });
  return { inventory, cwd };
}

describe.each(Object.entries(providers))('%s', (_, provider) => {
  it('gives the value, without a last newline, and asks once for all who name it', async () => {
    const asked: string[] = [];
    const { inventory, cwd } = await loaded(provider.good, provider, asked);
    expect(inventory.secrets).toHaveLength(1);
    expect(await inventory.resolveSecrets()).toEqual([value]);
    expect(await inventory.resolveSecrets()).toEqual([value]);
    const found = inventory.hosts[0]?.vars['a'];
    expect(found instanceof Secret ? await found.resolve() : undefined).toBe(value);
    expect(asked.length).toBe(provider.answer === undefined ? 0 : 1);
    const calls = await folderCalls(cwd);
    expect(calls).toBe(/^(sops|command)/.test(provider.good) ? 1 : 0);
  });

  it('shows nothing of the value before it is needed, nor in what is printed', async () => {
    const { inventory } = await loaded(provider.good, provider);
    expect(JSON.stringify([inventory.hosts, inventory.explain('h')])).not.toContain('p:w');
  });

  it('says what is missing, where, and what to do', async () => {
    for (const reference of [provider.absent, provider.empty]) {
      if (reference === undefined) continue;
      const { inventory, cwd } = await loaded(reference, provider);
      const told = (await complaint(inventory.resolveSecrets())).replaceAll(cwd, 'DIR');
      expect(told).toMatch(/^inventory\/lab\.yaml:1:20 inventory\/lab\.yaml:2:39: vars\.a: /);
      expect(told).toContain('\u2192');
      expect(told).not.toContain('half-a-secret');
      expect(told).toMatchSnapshot();
    }
  });
});

const folderCalls = async (cwd: string): Promise<number> => {
  try {
    return readFileSync(join(cwd, 'calls'), 'utf8').trim().split('\n').length;
  } catch {
    return 0;
  }
};

describe('password managers', () => {
  it.each(['pass show lab/sudo', "op read 'op://lab/sudo/password'", 'bw get password "sudo of lab"', 'vault kv get -field=password kv/lab'])('command:%s', async (command) => {
    const { inventory, cwd } = await loaded(`command:${command}`, { good: '' });
    expect(await inventory.resolveSecrets()).toEqual([value]);
    expect(readFileSync(join(cwd, 'calls'), 'utf8').trim()).toBe(`${join(cwd, 'bin', command.split(' ')[0] ?? '')} ${command.split(' ').slice(1).join(' ').replaceAll(/['"]/g, '')}`);
  });
});

describe('a secret that cannot be had', () => {
  const complaintOf = async (reference: string, more: Provider): Promise<string> => {
    const { inventory, cwd } = await loaded(reference, more);
    return (await complaint(inventory.resolveSecrets())).replaceAll(cwd, 'DIR');
  };
  it.each<readonly [string, string, Partial<Provider>]>([
    ['sops is not installed', 'sops:a', { files: { 'secrets.sops.yaml': 'a: ENC[x]\nsops: {}\n' }, env: { PATH: '/nowhere' } }],
    ['sops has no key', 'sops:a', { files: { 'secrets.sops.yaml': 'a: ENC[x]\nsops: { fails: key }\n' } }],
    ['the file was changed by hand', 'sops:a', { files: { 'secrets.sops.yaml': 'a: ENC[x]\nsops: { fails: mac }\n' } }],
    ['the file is not encrypted', 'sops:a', { files: { 'secrets.sops.yaml': 'a: hunter2\n' } }],
    ['there is no SOPS file', 'sops:a', {}],
    ['there is no encrypted file', 'age:a', {}],
    ['the wrong identity', 'age:a', { files: { 'secrets.age': notMine }, env: { PLINTH_AGE_KEY: identity } }],
    ['a name set twice in the encrypted file', 'age:a', { files: { 'secrets.age': twice }, env: { PLINTH_AGE_KEY: identity } }],
    ['a program that is not there', 'command:passs show x', {}],
    ['a quote that is not closed', 'command:pass show "x', {}],
    ['nobody to ask', 'prompt:Password', {}],
  ])('%s', async (_, reference, more) => {
    const told = await complaintOf(reference, { good: '', ...more });
    expect(told).not.toMatch(/hunter/);
    expect(told.replaceAll(mine, 'age1mine')).toMatchSnapshot();
  });
});
