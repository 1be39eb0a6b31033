import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../fail.ts';
import type { Lab } from '../lab.ts';
import { run } from '../run.ts';

/** Closes the machine's devices to all of the lab, before a node is there. Never starts a lab that would leave them open. */
export async function closeDevices(lab: Lab, note: (message: string) => void): Promise<void> {
  const v2 = lab.placement.dirs.find(({ version }) => version === 2);
  const tried = v2 ? await run(['perl', join(lab.dir, 'bin/devices.pl'), v2.dir]) : { code: 71, stderr: 'no cgroup2 is mounted' };
  if (tried.code === 0) return;
  const v1 = lab.placement.dirs.find(({ options }) => options.split(',').includes('devices'));
  if (!v1 || !existsSync(join(v1.dir, 'devices.deny'))) {
    throw labError("cannot close the machine's devices to the lab", { detail: tried.stderr.trim(), hint: 'The kernel needs CONFIG_CGROUP_BPF (with cgroup2 mounted) or the v1 devices controller.' });
  }
  note('devices are closed by cgroup v1, so privileged containers will not start on the nodes');
  await writeFile(join(v1.dir, 'devices.deny'), 'a');
  for (const rule of ['c *:* m', 'b *:* m', ...['1:3', '1:5', '1:7', '1:8', '1:9', '5:0', '5:1', '5:2', '136:*', '10:200', '10:229'].map((device) => `c ${device} rwm`)]) {
    await writeFile(join(v1.dir, 'devices.allow'), rule);
  }
}
