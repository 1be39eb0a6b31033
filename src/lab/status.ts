import { readFile } from 'node:fs/promises';
import { labError } from './fail.ts';
import { type Lab, readLab } from './lab.ts';
import { locate, type Which } from './locate.ts';
import { initPid, nodeState } from './node/start-node.ts';

export interface NodeStatus {
  readonly name: string;
  readonly role: Lab['nodes'][number]['role'];
  /** `running`; `halted` after a poweroff; `down` when nothing of it is left; else why its keeper gave up. */
  readonly state: string;
  readonly address: string;
  readonly port: number;
  /** Inside the lab. */
  readonly ip: string;
  readonly pid?: number;
}

export interface LabStatus {
  readonly lab: Lab;
  readonly nodes: readonly NodeStatus[];
}

/** What each node of a lab does now. Throws `lab` where there is no such lab. */
export async function status(which: Which = {}): Promise<LabStatus> {
  const lab = await requireLab(which);
  const nodes = await Promise.all(
    lab.nodes.map(async (node): Promise<NodeStatus> => {
      const pid = await initPid(lab, node);
      const said = await nodeState(lab, node);
      const state = pid !== undefined ? 'running' : said === 'running' || said === '' ? ((await booting(lab, node.name)) ? 'booting' : 'down') : said;
      return { name: node.name, role: node.role, state, address: node.address, port: node.port, ip: node.ip, ...(pid === undefined ? {} : { pid }) };
    }),
  );
  return { lab, nodes };
}

/** The lab that `which` means. */
export async function requireLab(which: Which): Promise<Lab> {
  const { name, dir } = locate(which);
  const lab = await readLab(dir);
  if (!lab) throw labError(`there is no lab "${name}" here`, { detail: `nothing in ${dir}`, hint: 'Start one with "plinth lab up".' });
  return lab;
}

const booting = async (lab: Lab, name: string): Promise<boolean> => {
  const [first] = lab.placement.dirs;
  return first !== undefined && (await readFile(`${first.dir}/keep.${name}/cgroup.procs`, 'utf8').catch(() => '')).trim() !== '';
};
