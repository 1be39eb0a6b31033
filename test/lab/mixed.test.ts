import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, type Lab, up } from '../../src/lab/index.ts';
import { run } from '../../src/lab/run.ts';
import type { EventOf } from '../../src/report/event.ts';
import { built } from './built.ts';
import { endOf, type Ran, start } from './controller.ts';

/** One node of each Debian, in a lab of its own, in one fleet. */
const suites = ['bookworm', 'trixie'] as const;
const dir = mkdtempSync(join(tmpdir(), 'plinth-mixed-'));
const which = (suite: string) => ({ name: suite, dir: join(dir, suite) });
const labs: Lab[] = [];
const env = { PATH: process.env['PATH'] ?? '', HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
const ofProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

beforeAll(async () => {
  built();
  mkdirSync(env.HOME);
  for (const suite of suites) labs.push(await up({ ...which(suite), nodes: [suite], suite }));
  writeFileSync(
    join(dir, 'fleet.yaml'),
    `vars: { packages: [jq], tuning: { bbr: true, profile: throughput } }
hosts:
${labs.flatMap(({ nodes }) => nodes.map(({ name, ip }) => `  ${name}: { vars: { nodeIp: ${ip} } }\n`)).join('')}`,
  );
  for (const suite of suites) await on(suite, 'echo reno >/proc/sys/net/ipv4/tcp_congestion_control');
});
afterAll(async () => {
  for (const suite of suites) await down(which(suite));
  rmSync(dir, { recursive: true, force: true });
});

const plinth = (verb: 'plan' | 'apply', playbook: string): Promise<Ran> =>
  start({ cwd: dir, env }, [verb, playbook, ...suites.flatMap((suite) => ['-i', join(which(suite).dir, 'inventory.yaml')]), '-i', 'fleet.yaml', '--output', 'jsonl']).done;

async function on(suite: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await run(['ssh', '-F', join(which(suite).dir, 'ssh_config'), suite, 'sudo', 'sh'], { input: `set -e\n${script}` });
  if (code !== 0) throw new Error(`on ${suite}: ${script}\n${stdout}${stderr}`);
  return stdout.trim();
}

const resultsOf = ({ events }: Ran): EventOf<'taskResult'>[] => events.filter((event) => event.type === 'taskResult');
const differingOf = (ran: Ran): string[] => resultsOf(ran).filter(({ status }) => status !== 'ok').map(({ host, task, changes }) => `${host} ${task}: ${changes.map(({ what }) => what).join(', ')}`).toSorted();

describe('Debian 12 and Debian 13 in one fleet', () => {
  it.each(['prepare', 'tune'])('%s.ts is planned without a doubt, done as planned, and done', async (name) => {
    const playbook = ofProject(`playbooks/${name}.ts`);
    const planned = await plinth('plan', playbook);
    expect(endOf(planned)).toMatchObject({ ok: true, failed: 0, unknown: 0, unreachable: 0 });
    const applied = await plinth('apply', playbook);
    expect(endOf(applied)).toMatchObject({ ok: true, failed: 0, errors: [] });
    expect(differingOf(applied)).toEqual(differingOf(planned));
    const again = await plinth('apply', playbook);
    expect(endOf(again)).toMatchObject({ ok: true, changed: 0, failed: 0 });
    // A play of tune.ts raises the MTU where that is asked for, which it is not here.
    expect(endOf(again).trips).toEqual({ bookworm: 1, trixie: 1 });
  });

  it('a profile of one\'s own is foreseen in the folders of each tuned, before it is installed', async () => {
    writeFileSync(
      join(dir, 'profile.ts'),
      `import { playbook } from 'plinth';
import { packages, tuned } from 'plinth/modules';
import { fleet } from '${ofProject('inventory/schema.ts')}';
export default playbook(fleet, ({ play, groups }) => {
  play('Profile', groups.all, ({ task }) => {
    task('tools', packages, { names: ['tuned'], recommends: false, startServices: false });
    task('profile', tuned, { profile: 'ours', custom: { include: 'network-throughput', sections: { sysctl: { 'net.ipv4.tcp_fastopen': 1 } } } });
  });
});
`,
    );
    const planned = await plinth('plan', 'profile.ts');
    expect(endOf(planned)).toMatchObject({ ok: true, failed: 0, unknown: 0, pending: 4 });
    expect(differingOf(planned)).toEqual([
      'bookworm profile: /etc/tuned/before-plinth, /etc/tuned/ours/tuned.conf, tuned.service, profile of tuned',
      'bookworm tools: tuned',
      'trixie profile: /etc/tuned/before-plinth, /etc/tuned/profiles/ours/tuned.conf, tuned.service, profile of tuned',
      'trixie tools: tuned',
    ]);
    const applied = await plinth('apply', 'profile.ts');
    expect(endOf(applied)).toMatchObject({ ok: true, changed: 4, failed: 0 });
    const changesOf = (ran: Ran) => resultsOf(ran).filter(({ task }) => task === 'profile').map(({ host, changes }) => ({ host, changes })).toSorted((a, b) => a.host.localeCompare(b.host));
    expect(changesOf(applied)).toEqual(changesOf(planned));
    expect(endOf(await plinth('apply', 'profile.ts'))).toMatchObject({ ok: true, changed: 0, trips: { bookworm: 1, trixie: 1 } });
    for (const suite of suites) expect(await on(suite, 'tuned-adm active')).toBe('Current active profile: ours');
  });

  it('says of each what it is', async () => {
    expect(await on('bookworm', '. /etc/os-release; echo $VERSION_ID; containerd --version | cut -d" " -f3')).toMatch(/^12\n1\.6\./);
    expect(await on('trixie', '. /etc/os-release; echo $VERSION_ID; containerd --version | cut -d" " -f3')).toMatch(/^13\n1\.7\./);
  });
});
