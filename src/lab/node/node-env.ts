import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from '../../contract/index.ts';
import { type Lab, type LabNode, nodeDir } from '../lab.ts';
import { gateway, gateway6 } from '../topology.ts';

/** Writes what the boot scripts of a node must know, as shell variables. */
export async function writeNodeEnv(lab: Lab, node: LabNode): Promise<void> {
  const { mode, dirs } = lab.placement;
  const hierarchies = dirs.map(({ version, options }) => (version === 2 ? 'unified' : options));
  const values: Record<string, string> = {
    LAB: lab.dir,
    BIN: join(lab.dir, 'bin'),
    NAME: node.name,
    INDEX: String(node.index),
    ADDRESS: node.ip,
    GATEWAY: gateway(lab),
    ADDRESS6: node.ip6,
    GATEWAY6: gateway6(lab),
    // The same at every boot, so that nobody's ARP table points at the card of the last one.
    MAC: `02:77:00:${hex(Number(lab.net.split('.')[2]))}:00:${hex(node.index)}`,
    HOLDER: String(lab.holder),
    CONSOLE: lab.consoles[node.index - 1] ?? '/dev/null',
    CGROUPS: dirs.map(({ dir }) => join(dir, node.name)).join(' '),
    MODE: mode,
    HIERARCHIES: hierarchies.join(' '),
    // Newer systemd refuses cgroup v1 unless told twice; older ones do not know the word and pass over it.
    INIT_ARGS: mode === 'v1' ? 'SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1' : '',
  };
  const dir = nodeDir(lab, node.name);
  await writeFile(join(dir, 'env'), `${Object.entries(values).map(([key, value]) => `${key}=${quote(value)}`).join('\n')}\n`);
  await writeFile(join(dir, 'product_uuid'), `${randomUUID()}\n`);
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');
