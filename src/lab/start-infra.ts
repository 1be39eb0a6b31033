import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeApt } from './apt/node-apt.ts';
import { enterCgroup, infra } from './enter-lab.ts';
import { type Lab, nodeDir } from './lab.ts';
import { spawnDetached } from './spawn-detached.ts';
import { gateway, gateway6 } from './topology.ts';

/** Makes the lab's network and, if so chosen, the memory its disks are in. Answers the pid that holds both. */
export async function hold(lab: Lab, addresses: readonly string[]): Promise<number> {
  const command = ['unshare', '--net', '--mount', '--propagation', 'slave', 'sh', join(lab.dir, 'bin/holder.sh'), gateway(lab), gateway6(lab), ...addresses];
  const { pid } = await spawnDetached('the lab network', [...enterCgroup(lab.placement, infra), ...command], {
    log: join(lab.dir, 'lab.log'),
    env: { DISKS: lab.disks, MEMORY_DISKS: lab.memoryDisks ? '1' : '0' },
    awaitLine: true,
  });
  return pid;
}

/** Carries ports of 127.0.0.1 to the nodes' sshd. Answers the ports, node by node. */
export async function relaySsh(lab: Lab): Promise<number[]> {
  const specs = lab.nodes.map(({ ip }) => `127.0.0.1:0=${ip}:22`);
  const command = ['perl', join(lab.dir, 'bin/relay.pl'), `/proc/${lab.holder}/ns/net`, ...specs];
  const { line } = await spawnDetached('the ssh relay', [...enterCgroup(lab.placement, infra), ...command], { log: join(lab.dir, 'lab.log'), awaitLine: true });
  return line.split(' ').map(Number);
}

/** Carries the gateway's addresses to apt's mirrors: the one way out of the lab. */
export async function relayApt(lab: Lab, apt: NodeApt, addresses: ReadonlyMap<string, string>): Promise<void> {
  const specs = apt.relays.map(({ name, port, target }) => `${addresses.get(name)}:${port}=${target}`);
  // It listens in the lab and connects from here: the descriptor keeps our own namespace at hand.
  const inner = 'exec 9< /proc/self/ns/net; relay=$1; shift; exec nsenter --net="$0" perl "$relay" /proc/self/fd/9 "$@"';
  const command = ['sh', '-c', inner, `/proc/${lab.holder}/ns/net`, join(lab.dir, 'bin/relay.pl'), ...specs];
  await spawnDetached('the apt relay', [...enterCgroup(lab.placement, infra), ...command], { log: join(lab.dir, 'lab.log'), awaitLine: true });
}

/** Makes the nodes' consoles and keeps their logs. Answers the terminals, node by node. */
export async function makeConsoles(lab: Lab): Promise<string[]> {
  const logs = await Promise.all(
    lab.nodes.map(async ({ name }) => {
      const log = join(nodeDir(lab, name), 'console.log');
      await writeFile(log, '', { flag: 'a' });
      return log;
    }),
  );
  const { line } = await spawnDetached('the consoles', [...enterCgroup(lab.placement, infra), 'perl', join(lab.dir, 'bin/console.pl'), ...logs], { log: join(lab.dir, 'lab.log'), awaitLine: true });
  return line.split(' ');
}

