import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PlinthError, Secret, secret } from '../../src/contract/index.ts';
import { defineFleet } from '../../src/dsl/fleet.ts';
import { loadInventory } from '../../src/inventory/index.ts';
import { complaint, folderWith, load } from './given.ts';

const any = defineFleet({ shared: z.strictObject({ a: secret().optional(), b: secret().optional(), list: z.array(secret()).optional() }), groups: {} });
const one = (reference: string): string => `vars: { a: !secret ${JSON.stringify(reference)} }\nhosts: { h: }\n`;

describe('secrets', () => {
  it('come from the environment, secret.env, files and the operator', async () => {
    const cwd = await folderWith({
      'inventory/lab.yaml': 'vars: { a: !secret env:TOKEN, b: !secret dotenv:PASSWORD, list: [!secret file:keys/one, !secret "prompt:Vault password"] }\nhosts: { h: }\n',
      'inventory/secret.env': 'PASSWORD="p w"\n',
      'inventory/keys/one': 'from a file\n',
    });
    const asked: string[] = [];
    const prompt = async (question: string): Promise<string> => (asked.push(question), 'answered');
    const inventory = await loadInventory('inventory/lab.yaml', any, { cwd, env: { TOKEN: 't0ken' }, prompt });
    expect(asked).toEqual([]);
    expect([...(await inventory.resolveSecrets())].sort()).toEqual(['answered', 'from a file', 'p w', 't0ken']);
    expect(asked).toEqual(['Vault password']);
    const found = inventory.hosts[0]?.vars['a'];
    expect(found).toBeInstanceOf(Secret);
    expect(await (found instanceof Secret ? found.resolve() : undefined)).toBe('t0ken');
    expect(JSON.stringify(inventory.hosts)).not.toContain('t0ken');
  });

  it('are asked for once, however often they are named, and one question at a time', async () => {
    let open = 0;
    let asked = 0;
    const prompt = async (): Promise<string> => {
      asked++;
      expect(++open).toBe(1);
      await new Promise((done) => setImmediate(done));
      open--;
      return 'x';
    };
    const inventory = await load('vars: { a: !secret prompt:One, b: !secret prompt:Two }\nssh: { password: !secret prompt:One }\nhosts: { h: , i: }\n', any, { prompt });
    expect(inventory.secrets).toHaveLength(2);
    await inventory.resolveSecrets();
    expect((await inventory.reach('h')).password).toBe('x');
    expect(asked).toBe(2);
  });

  it('are resolved only for the hosts that are wanted', async () => {
    const inventory = await load('hosts: { h: { vars: { a: !secret env:A } }, i: { vars: { a: !secret env:B } } }\n', any, { env: { A: 'aaa' } });
    expect(await inventory.resolveSecrets(['h'])).toEqual(['aaa']);
    await expect(inventory.resolveSecrets()).rejects.toThrow(PlinthError);
  });

  it('say how to set them, all at once', async () => {
    const inventory = await load({ 'lab.yaml': 'vars: { a: !secret env:NOPE, b: !secret dotenv:PASWORD, list: [!secret file:gone, !secret env:EMPTY, !secret prompt:Q] }\nhosts: { h: }\n', 'secret.env': 'PASSWORD=x\n' }, any, { env: { EMPTY: '' } });
    expect(await complaint(inventory.resolveSecrets())).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: the environment has no NOPE
        → set it before the run: read -rs NOPE && export NOPE
      lab.yaml:1:41: vars.b: secret.env has no PASWORD
        → did you mean PASSWORD? add the line PASWORD=... to secret.env
      lab.yaml:1:72: vars.list[0]: the secret file gone does not exist
        → a relative path starts at the folder of the inventory
      lab.yaml:1:91: vars.list[1]: EMPTY is set in the environment, but empty
        → set it before the run: read -rs EMPTY && export EMPTY
      lab.yaml:1:110: vars.list[2]: "Q" has to be asked, and there is no terminal to ask at
        → run it from a terminal, or take the secret from age:, env: or command:"
    `);
  });

  it('say so when secret.env does not exist or is broken, once', async () => {
    const text = 'vars: { a: !secret dotenv:A, b: !secret dotenv:B }\nhosts: { h: }\n';
    expect(await complaint((await load(text, any)).resolveSecrets())).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: secret.env does not exist, and A should come from it
        → create it, readable by you alone, with the line A=... and keep it out of git
      lab.yaml:1:41: vars.b: secret.env does not exist, and B should come from it
        → create it, readable by you alone, with the line B=... and keep it out of git"
    `);
    expect(await complaint((await load({ 'lab.yaml': text, 'secret.env': 'A=1\nB = 2\n' }, any)).resolveSecrets())).toMatchInlineSnapshot(`
      "secret.env:2:1: not of the form NAME=value
        → names hold letters, digits and _; no space stands around the ="
    `);
  });

  it('must be named rightly, and a slip never repeats what may be the secret itself', async () => {
    expect(await complaint(load(one('hunter2'), any))).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: !secret wants a provider and a name
        → write age:NAME (secrets.age beside the inventory), sops:NAME (secrets.sops.yaml), env:NAME (the environment), dotenv:NAME (secret.env), file:PATH, command:PROGRAM or prompt:QUESTION"
    `);
    expect(await complaint(load(one('evn:TOKEN'), any))).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: !secret names an unknown provider
        → did you mean env:? write age:NAME (secrets.age beside the inventory), sops:NAME (secrets.sops.yaml), env:NAME (the environment), dotenv:NAME (secret.env), file:PATH, command:PROGRAM or prompt:QUESTION"
    `);
    expect(await complaint(load(one('env:'), any))).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: !secret env: names nothing
        → write age:NAME (secrets.age beside the inventory), sops:NAME (secrets.sops.yaml), env:NAME (the environment), dotenv:NAME (secret.env), file:PATH, command:PROGRAM or prompt:QUESTION"
    `);
    expect(await complaint(load(one('env:hunter-2'), any))).toMatchInlineSnapshot(`
      "lab.yaml:1:20: vars.a: !secret env: wants the name of a variable
        → names hold letters, digits and _, and do not begin with a digit"
    `);
  });
});
