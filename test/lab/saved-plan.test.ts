import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOf } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('saved');
const keepPlan = (file: string, ...more: readonly string[]) => nodes.plinth('plan', nodes.playbook('greet.ts'), '-i', nodes.inventory, '-i', nodes.write('vars.yaml', 'vars: { greeting: hello }\n'), '-o', file, ...more);
const texts = (): Promise<string[]> => nodes.everywhere('cat /srv/greet/text 2>/dev/null || :');
const forget = () => nodes.everywhere('rm -rf /srv/greet');
const all = <T>(value: T): T[] => nodes.names.map(() => value);

describe('a plan that is kept', () => {
  it('is applied as it was kept', async () => {
    expect((await keepPlan('a.plan')).code).toBe(2);
    expect(await texts()).toEqual(all(''));
    const applied = await nodes.plinth('apply', 'a.plan', '--output', 'jsonl');
    expect(applied.code).toBe(0);
    expect(endOf(applied)).toMatchObject({ ok: true, changed: 6, errors: [] });
    expect(await texts()).toEqual(all('hello, 1 times'));
    await forget();
  });

  it('is refused when a node no longer looks as planned, with the differences; nothing is changed anywhere', async () => {
    await keepPlan('b.plan');
    await nodes.on('node2', 'mkdir /srv/greet; echo other >/srv/greet/text');
    const applied = await nodes.plinth('apply', 'b.plan');
    expect(applied.code).toBe(1);
    expect(applied.stderr).toContain('✗ node2\n  the node no longer looks as planned\n');
    expect(applied.stderr).toMatch(/│ Greet › folder\n.*│ {3}planned: \/srv\/greet.*\n.*│ {3}now: ok\n/);
    expect(applied.stderr).toContain('→ Nothing was changed. Plan anew, look at it, and apply that.');
    expect(applied.stderr).not.toContain('node1');
    expect(await texts()).toEqual(['', 'other', '']);
    await forget();
  });

  it('is refused when the playbook or a variable is not what it was', async () => {
    await keepPlan('c.plan');
    nodes.write('vars.yaml', 'vars: { greeting: bye }\n');
    const other = await nodes.plinth('apply', 'c.plan');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('the inventory lab/inventory.yaml, vars.yaml is not what it was')]);
    await keepPlan('c.plan');
    nodes.write('greet.ts', readFileSync(join(nodes.dir, 'greet.ts'), 'utf8').replace("'/srv/greet/text'", "'/srv/greet/other'"));
    const changed = await nodes.plinth('apply', 'c.plan');
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('the playbook greet.ts is not what it was')]);
    expect(await texts()).toEqual(all(''));
  });

  it('is refused when a host cannot be had, and is not kept when it is not whole', async () => {
    nodes.write('ssh.yaml', 'hosts: { node3: {} }\n');
    await keepPlan('d.plan', '-i', 'ssh.yaml');
    nodes.write('ssh.yaml', 'hosts: { node3: { ssh: { port: 1, connectRetries: 0 } } }\n');
    const applied = await nodes.plinth('apply', 'd.plan');
    expect([applied.code, applied.stderr]).toEqual([1, expect.stringContaining('✗ node3\n  no connection to 127.0.0.1:1: connection refused\n')]);
    expect(await texts()).toEqual(all(''));
    const partial = await keepPlan('e.plan', '-i', 'ssh.yaml');
    expect([partial.code, partial.stderr]).toEqual([1, expect.stringContaining('the plan is not kept in e.plan, since it is not whole')]);
  });
});
