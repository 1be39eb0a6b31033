import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../fail.ts';
import type { Lab } from '../lab.ts';
import { run } from '../run.ts';

/** Closes the machine's devices and kernel parameters to all of the lab, before a node is there. Never lets one start with devices open. */
export async function closeMachine(lab: Lab, note: (message: string) => void): Promise<void> {
  const v2 = lab.placement.dirs.find(({ version }) => version === 2);
  const tried = v2 ? await run(['perl', join(lab.dir, 'bin/guard.pl'), v2.dir]) : { code: 71, stderr: 'no cgroup2 is mounted' };
  if (tried.code === 0) return;
  if (tried.code === 72) return note('this kernel cannot guard its parameters by cgroup: a node that mounts a second /proc could write them');
  await closeByV1(lab, tried.stderr.trim());
  note('devices are closed by cgroup v1, so privileged containers will not start on the nodes');
}

const shared = ['1:3', '1:5', '1:7', '1:8', '1:9', '5:0', '5:1', '5:2', '136:*', '10:200', '10:229'];

async function closeByV1(lab: Lab, why: string): Promise<void> {
  const v1 = lab.placement.dirs.find(({ options }) => options.split(',').includes('devices'));
  if (!v1 || !existsSync(join(v1.dir, 'devices.deny'))) {
    throw labError("cannot close the machine's devices to the lab", { detail: why, hint: 'The kernel needs CONFIG_CGROUP_BPF (with cgroup2 mounted) or the v1 devices controller.' });
  }
  await writeFile(join(v1.dir, 'devices.deny'), 'a');
  for (const rule of ['c *:* m', 'b *:* m', ...shared.map((device) => `c ${device} rwm`)]) await writeFile(join(v1.dir, 'devices.allow'), rule);
}
