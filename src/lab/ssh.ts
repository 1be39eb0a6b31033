import { join } from 'node:path';
import { findNode } from './lab.ts';
import type { Which } from './locate.ts';
import { requireLab } from './status.ts';

/** The command that logs in to a node; append what shall run there. Throws `lab` for a node there is not. */
export async function sshCommand(node: string, which: Which = {}): Promise<string[]> {
  const lab = await requireLab(which);
  return ['ssh', '-F', join(lab.dir, 'ssh_config'), findNode(lab, node).name];
}
