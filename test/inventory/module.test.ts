import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/contract/index.ts';
import { defineInventory, loadInventory, type Loader } from '../../src/inventory/index.ts';
import { complaint, fleet, folderWith, load } from './given.ts';

const text = '// ours\nimport x from "y";\nexport default inventory;\n';
const exporting = (exported: unknown): Loader => async () => ({ default: exported });
const from = (exported: unknown): ReturnType<typeof load> => load({ 'lab.ts': text }, fleet, { paths: 'lab.ts', loadModule: exporting(exported), env: { TOKEN: 'abc' } });

describe('an inventory in TypeScript', () => {
  it('has the form of the YAML', async () => {
    const inventory = await from(
      defineInventory(fleet, {
        vars: { sysctl: { 'vm.swappiness': 10 } },
        groups: { controlPlane: { hosts: { 'cp[1:2]': { ssh: { address: '10.0.0.[1:2]' } } }, vars: { endpoint: '10.0.0.9' } }, workers: { hosts: ['w1'], vars: { maxPods: 50 } }, cluster: { children: ['controlPlane', 'workers'], vars: { debug: true } } },
      }),
    );
    expect(inventory.groups).toEqual({ all: ['cp1', 'cp2', 'w1'], controlPlane: ['cp1', 'cp2'], workers: ['w1'], cluster: ['cp1', 'cp2', 'w1'] });
    expect(inventory.hosts[2]?.vars).toEqual({ sysctl: { 'vm.swappiness': 10 }, maxPods: 50, debug: true, timezone: 'UTC' });
    expect(await inventory.reach('cp2')).toEqual({ host: 'cp2', transport: 'auto', address: '10.0.0.2' });
  });

  it('may be an async function, of secrets too, and a plain value', async () => {
    const inventory = await from(defineInventory(fleet, async ({ secret }) => ({ vars: { token: secret('env:TOKEN') }, hosts: ['a'] })));
    expect(inventory.hosts[0]?.vars['token']).toBeInstanceOf(Secret);
    expect(await inventory.resolveSecrets()).toEqual(['abc']);
    expect((await from({ hosts: ['a'] })).hosts.map((host) => host.name)).toEqual(['a']);
    expect((await from(() => ({ hosts: { a: { vars: undefined } } }))).hosts.map((host) => host.name)).toEqual(['a']);
  });

  it('layers with YAML', async () => {
    const cwd = await folderWith({ 'lab.ts': text, 'more.yaml': 'vars: { level: loud }\n' });
    const inventory = await loadInventory(['lab.ts', 'more.yaml'], fleet, { cwd, env: {}, loadModule: exporting({ vars: { level: 'quiet', debug: true }, hosts: ['a'] }) });
    expect(inventory.hosts[0]?.vars).toMatchObject({ level: 'loud', debug: true });
  });

  it('is complained about by the path of the value', async () => {
    expect(await complaint(from({ vars: { swapiness: 1 }, hosts: ['a'] }))).toMatchInlineSnapshot(`
      "lab.ts:3:1: vars.swapiness: unknown variable
        → did you mean "swappiness"?"
    `);
    expect(await complaint(from({ groups: { controlPlane: { hosts: ['a'] }, workers: { hosts: ['b'], vars: { maxPods: '5' } } } }))).toMatchInlineSnapshot(`
      "lab.ts:3:1 a: the variable "endpoint" is missing
        expected text: Address of the API server.
        → set it under "vars" of group controlPlane, or of the host
      lab.ts:3:1 b: groups.workers.vars.maxPods: expected a number, found "5"
        → take the quotes away to make it a number"
    `);
    expect(await complaint(from({ hots: [] }))).toMatchInlineSnapshot(`
      "lab.ts:3:1: hots: unknown key
        → did you mean "hosts"?"
    `);
    expect(await complaint(from(undefined))).toMatchInlineSnapshot(`
      "lab.ts:3:1: no default export
        → write \`export default defineInventory(fleet, { groups: { ... } })\`"
    `);
    expect(await complaint(from(() => { throw new Error('no such host'); }))).toMatchInlineSnapshot(`
      "lab.ts:3:1: the inventory threw: no such host
        → the function of the default export failed"
    `);
    expect(await complaint(from(({ secret }: { secret(reference: string): unknown }) => ({ vars: { token: secret('evn:X') } })))).toMatchInlineSnapshot(`
      "lab.ts:3:1: !secret names an unknown provider
        → did you mean env:? write age:NAME (secrets.age beside the inventory), sops:NAME (secrets.sops.yaml), env:NAME (the environment), dotenv:NAME (secret.env), file:PATH, command:PROGRAM or prompt:QUESTION"
    `);
    const round: Record<string, unknown> = {};
    round['vars'] = { deep: round };
    expect(await complaint(from(round))).toMatchInlineSnapshot(`
      "lab.ts:3:1: vars.deep: holds itself
        → an inventory must be a tree"
    `);
    expect(await complaint(from({ vars: { timezone: new Date(0), token: () => 'x' }, hosts: ['a'] }))).toMatchInlineSnapshot(`
      "lab.ts:3:1: vars.timezone: expected text, found an object
      lab.ts:3:1: vars.token: wants a secret (from the inventory, the environment or secret.env), not a plain value
        → write !secret age:NAME (kept in secrets.age), !secret env:NAME or !secret dotenv:NAME instead of the value"
    `);
  });
});
