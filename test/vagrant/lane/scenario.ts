import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { breakThree } from './break.ts';
import { converge } from './converge.ts';
import type { Lane } from './lane.ts';

/** All that is tried on machines that are up. */
export async function scenario(lane: Lane): Promise<void> {
  const { state, plinth, steps } = lane;
  await mkdir(plinth.cwd, { recursive: true });
  await mkdir(join(state, 'home'), { recursive: true });
  await writeFile(join(state, 'lane.yaml'), stringify({ vars: {} }));
  await converge(lane, 'playbooks/prepare.ts');
  await converge(lane, 'playbooks/tune.ts');
  await breakThree(lane);
  if (!lane.kernels) steps.note('left out: kernel arguments, reboot, interrupts, MTU, snapshots: containers have no kernel of their own');
}
