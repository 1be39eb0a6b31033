import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/index.ts';
import { createMasker } from '../../src/engine/mask.ts';
import { loadInventory } from '../../src/inventory/index.ts';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import type { EventOf, RunEnd, RunEvent } from '../../src/report/event.ts';
import prepare from '../../playbooks/prepare.ts';
import { fleet } from '../../inventory/schema.ts';
import { connectTo } from './one-task.ts';

const dir = mkdtempSync(join(tmpdir(), 'plinth-prepare-'));
const which = { name: 'prepare', dir: join(dir, 'lab') };
const labVars = fileURLToPath(new URL('../../inventory/lab.yaml', import.meta.url));
const groupsFile = join(dir, 'groups.yaml');
let hosts: ReadonlyMap<string, LabHost>;

beforeAll(async () => {
  const lab = await up({ ...which, nodes: 3 });
  hosts = new Map(labInventory(lab).hosts.map((host) => [host.name, host]));
  const lines = lab.nodes.map(({ name, ip }) => `      ${name}: { vars: { nodeIp: ${ip} } }\n`).join('');
  writeFileSync(groupsFile, `groups:\n  workers:\n    hosts:\n${lines}`);
});
afterAll(async () => {
  await down(which);
  rmSync(dir, { recursive: true, force: true });
});

async function runPrepare(mode: 'plan' | 'apply'): Promise<{ end: RunEnd; results: EventOf<'taskResult'>[]; handlers: EventOf<'handlerResult'>[] }> {
  const inventory = await loadInventory([labVars, groupsFile], fleet, { env: {}, cwd: dir });
  const events: RunEvent[] = [];
  const end = await run(prepare.build(inventory), {
    mode,
    meta: { run: mode, playbook: 'playbooks/prepare.ts', inventory: 'inventory/lab.yaml', version: 'test' },
    connect: (name) => connectTo(hostOf(name)),
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    masker: createMasker(),
  });
  return { end, results: events.filter((event) => event.type === 'taskResult'), handlers: events.filter((event) => event.type === 'handlerResult') };
}

function hostOf(name: string): LabHost {
  const host = hosts.get(name);
  if (!host) throw new Error(`the lab has no ${name}`);
  return host;
}

async function byHand(name: string, script: string): Promise<string> {
  const node = await connectTo(hostOf(name));
  const [reply] = await node.send([{ script }]).finally(() => node.close());
  if (reply?.code !== 0) throw new Error(`${script}\nended with ${String(reply?.code)}: ${reply?.stderr ?? ''}`);
  return reply.stdout.trim();
}

/** What a plan promises of a task, field by field. */
const promised = ({ host, task, status, changes }: EventOf<'taskResult'>) => ({ host, task, differs: status !== 'ok', changes });

/** When each service was started; those of logins come and go with us. */
const startsOfAllUnits = "systemctl list-units --type=service --state=running --no-legend --plain | while read -r u rest; do case $u in user@*) ;; *) systemctl show --property=Id,ExecMainStartTimestampMonotonic \"$u\";; esac; done";

describe('prepare.ts on three bare nodes', () => {
  it('is planned without a doubt, done as planned, and then left alone', async () => {
    const plan = await runPrepare('plan');
    expect(plan.end.errors).toEqual([]);
    expect(plan.end).toMatchObject({ ok: true, failed: 0, unknown: 0, unreachable: 0, changed: 0 });
    expect(plan.results.filter(({ status }) => status === 'would-change').length).toBeGreaterThanOrEqual(3 * 8);

    const apply = await runPrepare('apply');
    expect(apply.end.errors).toEqual([]);
    const byName = (a: { host: string; task: string }, b: { host: string; task: string }) => (a.host + a.task < b.host + b.task ? -1 : 1);
    expect(apply.results.map(promised).toSorted(byName)).toEqual(plan.results.map(promised).toSorted(byName));
    expect(apply.handlers.map(({ status }) => status)).toEqual(['ran', 'ran', 'ran']);

    const before = await byHand('node1', startsOfAllUnits);
    expect(before).toContain('systemd-journald.service');
    const again = await runPrepare('apply');
    expect(again.end).toMatchObject({ ok: true, changed: 0, failed: 0 });
    expect(again.handlers).toEqual([]);
    expect(await byHand('node1', startsOfAllUnits)).toBe(before);
  });

  it('leaves nodes on which other tools see what was promised', async () => {
    expect(await byHand('node2', 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/bridge-nf-call-iptables')).toBe('1\n1');
    expect(await byHand('node2', 'getent hosts node1 >/dev/null; getent hosts node3 >/dev/null; grep -c "plinth nodes" /etc/hosts')).toBe('2');
    expect(await byHand('node2', 'conntrack --version >/dev/null; socat -V >/dev/null; su alice -c "sudo -n id -u"')).toBe('0');
    expect(await byHand('node2', 'test ! -e /usr/sbin/policy-rc.d && systemctl --failed --no-legend | wc -l')).toBe('0');
  });

  it('mends what someone broke by hand, and only that', async () => {
    await byHand('node3', 'echo 0 >/proc/sys/net/ipv4/ip_forward; chmod 0777 /home/alice/.ssh; rm /etc/systemd/journald.conf.d/90-plinth.conf');
    const mended = await runPrepare('apply');
    expect(mended.results.filter(({ status }) => status === 'changed').map(({ host, task, changes }) => [host, task, changes.length])).toEqual([
      ['node3', 'kernel parameters', 1],
      ['node3', 'journal stays small', 1],
      ['node3', 'keys of alice', 1],
    ]);
  });
});
