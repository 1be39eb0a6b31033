import { labError } from '../../../src/lab/fail.ts';
import type { Lane } from './lane.ts';
import { expectRun, plinth } from './plinth.ts';
import { onNode } from './vagrant.ts';

/** What somebody does to a node by hand, and the modules of which one notices. */
interface Damage {
  readonly what: string;
  readonly by: string;
  readonly mends: readonly string[];
}

const parameter: Damage = { what: 'a kernel parameter', by: 'sysctl -qw net.ipv4.ip_forward=0', mends: ['sysctl'] };
const names: Damage = { what: 'the names of the nodes', by: "cp /etc/hosts /tmp/hosts; sed '/^192\\.168\\.56\\./d' /tmp/hosts > /etc/hosts", mends: ['hosts'] };
const file: Damage = { what: 'a configuration file', by: 'f=$(ls /etc/systemd/journald.conf.d/*plinth*.conf); echo "# by hand" >> "$f"', mends: ['template', 'journald', 'ini', 'dropIn'] };
const module: Damage = { what: 'a kernel module', by: 'modprobe -r br_netfilter', mends: ['kernelModules', 'sysctl'] };

/** Three things are broken, on different nodes where there are several; exactly these are mended. */
export async function breakThree({ here, sshConfig, plinth: how, steps, machines, kernels }: Lane): Promise<void> {
  const damages = [kernels ? module : parameter, names, file].map((damage, i) => ({ ...damage, host: machines[i % machines.length]?.name ?? '' }));
  for (const { host, by, what } of damages) {
    const { code, stderr } = await onNode(here, sshConfig, host, by);
    if (code !== 0) throw labError(`cannot break ${what} on ${host}`, { detail: stderr });
  }
  await steps.step('three things broken by hand: the plan names them', async () => {
    const run = await plinth(how, 'plan', 'playbooks/prepare.ts');
    expectRun('the plan does not name what was broken', run, run.end.ok !== undefined && damages.every(({ host, mends }) => run.results.some((one) => one.host === host && one.status === 'would-change' && mends.includes(one.module))));
  });
  await steps.step('exactly these are mended', async () => {
    const run = await plinth(how, 'apply', 'playbooks/prepare.ts');
    const mended = run.results.filter(({ status }) => status === 'changed');
    const expected = (one: { host: string; module: string }): boolean => damages.some(({ host, mends }) => host === one.host && mends.includes(one.module));
    expectRun('not exactly what was broken has been mended', run, run.end.ok && mended.every(expected) && damages.every(({ host, mends }) => mended.some((one) => one.host === host && mends.includes(one.module))));
  });
}
