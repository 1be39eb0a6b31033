import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeApt, type NodeApt } from '../../../src/lab/apt/node-apt.ts';
import type { Apt } from '../../../src/lab/apt/read-apt.ts';
import { must } from '../../../src/lab/run.ts';
import { spawnDetached } from '../../../src/lab/spawn-detached.ts';
import { relay } from '../../../src/lab/relay/relay.ts';
import type { World } from './world.ts';

/** How nodes of one release get packages: what goes into their /etc, and the addresses by which they know the mirrors. */
export interface AptForNodes extends NodeApt {
  /** Name to address, of the loopback of the world: nodes come there by their default route. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** The same answer for every run, so that images can be kept. */
export function aptForNodes(apt: Apt, suite: string): AptForNodes {
  const found = nodeApt(apt, suite);
  const names = [...new Set(found.relays.map(({ name }) => name))];
  return { ...found, hosts: new Map(names.map((name, i) => [name, `192.0.2.${i + 1}`])) };
}

/** Opens the one way out of the world: to the machine's own Debian mirrors. It ends with the world, being in its pid namespace. */
export async function relayApt(world: World, dir: string, { relays, hosts }: AptForNodes): Promise<void> {
  for (const address of hosts.values()) await must('give the world an address', [...world.enter, 'ip', 'address', 'replace', `${address}/32`, 'dev', 'lo']);
  const file = join(dir, 'relay.pl');
  await writeFile(file, relay);
  const specs = relays.map(({ name, port, target }) => `${hosts.get(name)}:${port}=${target}`);
  const inner = 'exec 9< /proc/self/ns/net; pid=$0 relay=$1; shift; exec nsenter --target "$pid" --net --pid perl "$relay" /proc/self/fd/9 "$@"';
  await spawnDetached('the apt relay', ['sh', '-c', inner, String(world.pid), file, ...specs], { log: join(dir, 'logs', 'relay.log'), awaitLine: true });
}
