import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventOf, RunEvent } from '../../src/report/event.ts';
import { endOf, type Ran } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('prepare');
const ofProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** prepare.ts over the lab's inventory, the nodes' own addresses in it. */
const prepare = async (verb: 'plan' | 'apply', ...more: readonly string[]): Promise<Ran> =>
  nodes.plinth(verb, ofProject('playbooks/prepare.ts'), '-i', ofProject('inventory/lab.yaml'), '-i', nodes.inventory, '-i', 'addresses.yaml', '--output', 'jsonl', ...more);

beforeAll(() => {
  nodes.write('addresses.yaml', `hosts:\n${nodes.lab.nodes.map(({ name, ip }) => `  ${name}: { vars: { nodeIp: ${ip} } }\n`).join('')}`);
});

const resultsOf = ({ events }: Ran): EventOf<'taskResult'>[] => events.filter((event) => event.type === 'taskResult');
const isOf = (name: string) => (event: RunEvent) => 'host' in event && event.host === name;
/** What is told of each task of a host, in order, field by field. */
const toldOf = (ran: Ran, name: string) => resultsOf(ran).filter(isOf(name)).map(({ play, task, module, at, status, changes }) => ({ play, task, module, at, differs: status !== 'ok', changes }));
/** A file that a package brings is not there yet in the plan: what it will be replaced by is told all the same. */
const foreseen = (told: ReturnType<typeof toldOf>) => told.map((one) => (one.task === 'container runtime is configured' ? { ...one, changes: one.changes.map((change) => ({ ...change, from: undefined })) } : one));
const handlersOf = ({ events }: Ran) => events.filter((event) => event.type === 'handlerResult').map(({ host, handler, status }) => `${host} ${handler} ${status}`).toSorted();

/** Everything that a plan must leave as it is: files, packages, people, units, kernel parameters. */
const state = `cd /
find etc usr/local var/lib/dpkg root home boot opt srv -xdev ! -path 'var/lib/dpkg/lock*' -printf '%p %y %m %u:%g %s %T@ %l\\n' | sort
find etc -xdev -type f -exec sha256sum {} + | sort
dpkg-query -W
getent passwd; getent group; hostname
systemctl list-unit-files --no-legend --no-pager | grep -v ' transient '
systemctl list-units --type=service --all --plain --no-legend --no-pager | grep -v -e user@ -e user-runtime-dir@ | sort
for key in net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables vm/overcommit_memory kernel/panic kernel/panic_on_oops fs/inotify/max_user_watches; do echo "$key $(cat "/proc/sys/$key" 2>&1)"; done`;

/** When the node and each of its services were started, and when each managed file was written. */
const starts = `cat /proc/sys/kernel/random/boot_id
for unit in $(systemctl list-units --type=service --state=running --plain --no-legend | cut -d' ' -f1 | grep -v user@); do systemctl show --property=Id,ExecMainStartTimestampMonotonic,MainPID "$unit"; done
find /etc -xdev -printf '%p %T@ %C@\\n' | sort`;

describe('prepare.ts on three bare nodes', () => {
  let planned: Ran;
  it('is planned without a doubt, and planning changes nothing', async () => {
    const before = await nodes.everywhere(state);
    planned = await prepare('plan');
    expect(endOf(planned)).toMatchObject({ ok: true, failed: 0, unknown: 0, unreachable: 0, changed: 0, errors: [] });
    expect(planned.code).toBe(2);
    for (const name of nodes.names) expect(toldOf(planned, name).filter(({ differs }) => differs).length).toBeGreaterThanOrEqual(8);
    expect(await nodes.everywhere(state)).toEqual(before);
  });

  it('is done exactly as planned', async () => {
    const applied = await prepare('apply');
    expect(endOf(applied)).toMatchObject({ ok: true, failed: 0, unknown: 0, unreachable: 0, errors: [], changed: endOf(planned).pending, unchanged: endOf(planned).unchanged });
    expect(applied.code).toBe(0);
    for (const name of nodes.names) expect(foreseen(toldOf(applied, name))).toEqual(foreseen(toldOf(planned, name)));
    expect(resultsOf(applied).filter(({ status }) => status === 'changed').length).toBe(resultsOf(planned).filter(({ status }) => status === 'would-change').length);
    expect(handlersOf(planned)).toEqual(nodes.names.map((name) => `${name} restart the journal would-run`));
    expect(handlersOf(applied)).toEqual(nodes.names.map((name) => `${name} restart the journal ran`));
  });

  it('changes nothing the second time, restarts nothing, and costs one round trip a host', async () => {
    const before = await nodes.everywhere(starts);
    expect(before[0]).toContain('Id=systemd-journald.service');
    const again = await prepare('apply');
    expect(endOf(again)).toMatchObject({ ok: true, changed: 0, failed: 0, skipped: 0, unchanged: resultsOf(planned).length });
    expect(again.code).toBe(0);
    expect(handlersOf(again)).toEqual([]);
    expect(endOf(again).trips).toEqual({ node1: 1, node2: 1, node3: 1 });
    for (const name of nodes.names) expect(again.events.filter((event) => event.type === 'batch' && event.host === name)).toHaveLength(1);
    expect(await nodes.everywhere(starts)).toEqual(before);
    const plan = await prepare('plan');
    expect([plan.code, endOf(plan).pending, endOf(plan).unknown]).toEqual([0, 0, 0]);
  });

  it('leaves nodes on which other tools see what was promised', async () => {
    expect(await nodes.on('node2', 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/bridge-nf-call-iptables')).toBe('1\n1');
    expect(await nodes.on('node2', 'getent hosts node1 >/dev/null; getent hosts node3 >/dev/null; grep -c "plinth nodes" /etc/hosts')).toBe('2');
    expect(await nodes.on('node2', 'conntrack --version >/dev/null; socat -V >/dev/null; su alice -c "sudo -n id -u"')).toBe('0');
    expect(await nodes.on('node2', 'ctr version >/dev/null; test -x /opt/cni/bin/loopback; containerd config dump | grep -m 1 SystemdCgroup; systemctl is-enabled containerd; systemctl is-active containerd')).toMatch(/SystemdCgroup = true\nenabled\nactive$/);
    expect(await nodes.on('node2', 'test ! -e /usr/sbin/policy-rc.d && systemctl --failed --no-legend | wc -l')).toBe('0');
  });

  it('mends what someone broke by hand, and only that', async () => {
    await nodes.on('node3', 'echo 0 >/proc/sys/net/ipv4/ip_forward; chmod 0777 /home/alice/.ssh; rm /etc/systemd/journald.conf.d/90-plinth.conf');
    const mended = await prepare('apply');
    expect(resultsOf(mended).filter(({ status }) => status === 'changed').map(({ host, task, changes }) => [host, task, changes.length])).toEqual([
      ['node3', 'kernel parameters', 1],
      ['node3', 'journal stays small', 1],
      ['node3', 'keys of alice', 1],
    ]);
    expect(handlersOf(mended)).toEqual(['node3 restart the journal ran']);
  });
});
