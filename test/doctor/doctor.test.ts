import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { PlinthError } from '../../src/contract/index.ts';
import { createProject, localInventory, type Project } from '../cli/terminal.ts';

let project: Project;
beforeEach(() => {
  project = createProject();
});
afterEach(() => rmSync(project.dir, { recursive: true, force: true }));

const findings = (out: string): Finding[] => JSON.parse(out) as Finding[];
const withInventory = (text = localInventory): string => project.write('inventory/site.yaml', text.replace('DIR', project.dir));

describe('plinth doctor', () => {
  it('looks at the controller and at every host, in one round trip each', async () => {
    withInventory();
    const trips = new Map<string, number>();
    const { localConnection } = await import('../../src/transport/index.ts');
    const { out, err } = await project.runWith(
      {
        openConnection: async ({ host }, options) => {
          expect(options?.lock).toBeUndefined();
          const connection = await localConnection({ host, become: false, state: join(project.dir, '.state', host) });
          return { ...connection, get trips() { return connection.trips; }, close: async () => (trips.set(host, connection.trips), connection.close()) };
        },
      },
      'doctor',
      '--output',
      'json',
    );
    expect(err).toBe('');
    const found = findings(out);
    expect([...new Set(found.map(({ where }) => where))]).toEqual(['controller', 'cp1', 'w1', 'w2']);
    for (const host of ['cp1', 'w1', 'w2']) expect(found.filter(({ where }) => where === host).map(({ check }) => check)).toEqual(expect.arrayContaining(['reach', 'rights', 'disk', 'clock', 'lock', 'packages', 'reboot', 'DNS', 'default route']));
    expect(found.find(({ where, check }) => where === 'w1' && check === 'identity')).toMatchObject({ verdict: 'warn', found: 'the same machine as cp1, w2' });
    expect(found.filter(({ verdict, hint }) => (verdict === 'ok') === (hint !== undefined))).toEqual([]);
    expect(Object.fromEntries(trips)).toEqual({ cp1: 1, w1: 1, w2: 1 });
  });

  it('prints a part for each, the way out under what is not ok, and a total', async () => {
    withInventory();
    const { out } = await project.run('doctor', 'cp1');
    expect(out).toMatch(/^controller\n {2}[✓!✗] Node\.js {2,}v\d+/);
    expect(out).toMatch(/\ncp1\n {2}✓ reach {2,}local, \d+ ms\n/);
    expect(out).toContain('known_hosts');
    expect(out).toMatch(/→ The first connection to each host then needs --accept-new/);
    expect(out).toMatch(/\n\d+ bad, \d+ warnings?, \d+ ok\n$/);
  });

  it('is 1 where a host cannot be reached, with the reason and the way out', async () => {
    withInventory();
    const { code, out } = await project.runWith({ openConnection: ({ host }) => Promise.reject(new PlinthError({ cause: 'auth', host, summary: `${host} let nobody in`, detail: 'tried: publickey', hint: 'ssh-copy-id' })) }, 'doctor', 'w1');
    expect(code).toBe(1);
    expect(out).toMatch(/\nw1\n {2}✗ login {2,}w1 let nobody in\n +tried: publickey\n +→ ssh-copy-id\n/);
  });

  it('finds fault with keys that the inventory names, once for all hosts', async () => {
    const key = project.write('keys/id', 'x');
    chmodSync(key, 0o644);
    withInventory(localInventory.replace('become: false', 'become: false, identityFile: ../keys/id'));
    const found = findings((await project.run('doctor', '--output', 'json')).out).filter(({ check }) => check === 'key file');
    expect(found).toMatchObject([{ where: 'controller', verdict: 'bad', found: 'DIR/keys/id is open to others, mode 0644 (cp1, w1, w2)' }]);
  });

  it('looks at the controller alone where there is no inventory, and says so', async () => {
    mkdirSync(join(project.dir, '.ssh'), { mode: 0o700 });
    const { code, out } = await project.run('doctor', '--output', 'json');
    expect(new Set(findings(out).map(({ where }) => where))).toEqual(new Set(['controller']));
    expect(findings(out).at(-1)).toMatchObject({ check: 'inventory', verdict: 'warn' });
    expect(code).toBe(0);
  });

  it('takes an inventory that cannot be read for a finding, and a slip on the command line for what it is', async () => {
    withInventory('groups: [\n');
    const { code, out } = await project.run('doctor', '--output', 'json');
    expect(code).toBe(1);
    expect(findings(out).find(({ check }) => check === 'inventory')).toMatchObject({ where: 'controller', verdict: 'bad' });
    withInventory();
    expect((await project.run('doctor', 'nobody')).err).toContain('no host or group fits "nobody"');
    expect((await project.run('doctor', '--output', 'xml')).err).toContain('--output is text or json');
  });
});
