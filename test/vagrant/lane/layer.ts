import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { labError } from '../../../src/lab/fail.ts';
import type { Lane } from './lane.ts';
import { onNode } from './vagrant.ts';

/** What only this run knows of the machines, as a last layer of the inventory. */
export const layerFile = (state: string): string => join(state, 'lane.yaml');

/** Under emulation a login takes seconds, and on a machine that does other things as well more than that. */
const patient = { connectTimeout: '60s', connectRetries: 3, reconnectTimeout: '120s' };

/** Writes the layer: how the machines are tuned, by the names that their cards turned out to have. */
export async function writeLayer({ state }: Pick<Lane, 'state'>, cards: ReadonlyMap<string, string>, tuning: object, more: object = {}): Promise<void> {
  const hosts = Object.fromEntries([...cards].map(([name, nic]) => [name, { vars: { tuning: { nic } } }]));
  await writeFile(layerFile(state), stringify({ ssh: patient, vars: { tuning, ...more }, ...(cards.size > 0 ? { hosts } : {}) }));
}

/** The card of each machine that has its address in the private network. */
export async function privateCards({ here, sshConfig, machines }: Pick<Lane, 'here' | 'sshConfig' | 'machines'>): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    machines.map(async ({ name, address }): Promise<[string, string]> => {
      const { stdout } = await onNode(here, sshConfig, name, `ip -o -4 address show to ${address}`);
      const card = /^\d+:\s+([^\s@]+)/.exec(stdout)?.[1];
      if (card === undefined) throw labError(`${name} has no card with the address ${address}`, { detail: stdout });
      return [name, card];
    }),
  );
  return new Map(found);
}
