import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { breakThree } from './break.ts';
import { converge } from './converge.ts';
import { kubernetes } from './kubernetes.ts';
import type { Lane } from './lane.ts';
import { privateCards, writeLayer } from './layer.ts';
import { machineTuning, mtuPath, reboots, snapshots } from './machines.ts';

/** All that is tried on machines that are up. */
export async function scenario(lane: Lane): Promise<void> {
  const { state, plinth, steps, kernels } = lane;
  await mkdir(plinth.cwd, { recursive: true });
  await mkdir(join(state, 'home'), { recursive: true });
  const cards = await privateCards(lane);
  await writeLayer(lane, cards, kernels ? machineTuning : {});
  await converge(lane, 'playbooks/prepare.ts');
  await converge(lane, 'playbooks/tune.ts');
  if (kernels) await reboots(lane, cards);
  await breakThree(lane);
  if (lane.bundle === undefined) steps.note('left out: Kubernetes, since PLINTH_BUNDLE names no bundle');
  else await kubernetes(lane, lane.bundle, cards, kernels ? machineTuning : {});
  if (kernels) {
    await snapshots(lane);
    await mtuPath(lane, cards);
  } else {
    steps.note('left out: kernel arguments, restart, interrupts, MTU, snapshots: a container has no kernel of its own');
  }
}
