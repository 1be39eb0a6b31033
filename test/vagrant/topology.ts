import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const size = z
  .strictObject({
    box: z.string().describe('A name of boxes.yaml.'),
    cpus: z.int().min(1).max(64),
    memory: z.int().min(512).describe('In MiB.'),
    queues: z.int().min(1).max(16).describe('Queue pairs of the card in the private network; libvirt only.'),
    disk: z.int().min(1).max(1024).describe('A second, empty disk, in GiB.'),
  })
  .partial();

const role = z.enum(['controlPlane', 'worker']);

/** A topology file: which machines Vagrant makes. What is said of a node goes before its role, and that before the defaults. */
export const topologySchema = z
  .strictObject({
    // VirtualBox lets host-only networks have nothing else unless its administrator says so.
    vip: z.ipv4().startsWith('192.168.56.').optional().describe('The address of the API server that moves between control planes.'),
    defaults: size.optional(),
    roles: z.partialRecord(role, size).optional(),
    nodes: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), size.extend({ address: z.ipv4().startsWith('192.168.56.'), role })),
  })
  .refine(({ nodes }) => Object.values(nodes).some((node) => node.role === 'controlPlane'), { path: ['nodes'], message: 'none of them is a controlPlane' })
  .refine(({ nodes, vip }) => allDiffer([...Object.values(nodes).map(({ address }) => address), ...(vip === undefined ? [] : [vip])]), { path: ['nodes'], message: 'two of them have the same address, or the vip' });
export type Topology = z.output<typeof topologySchema>;

const boxesSchema = z.record(
  z.string(),
  z.strictObject({
    suite: z.string().describe('The codename of the Debian release.'),
    nicNames: z.enum(['ethernet', 'predictable']).default('ethernet'),
    boxes: z.record(z.string(), z.string()).and(z.object({ default: z.string() })),
  }),
);
export type Boxes = z.output<typeof boxesSchema>;

/** A node with everything decided. Memory in MiB, disk in GiB (0: none). */
export interface Machine {
  readonly name: string;
  readonly address: string;
  readonly role: 'controlPlane' | 'worker';
  readonly box: string;
  readonly cpus: number;
  readonly memory: number;
  readonly queues: number;
  readonly disk: number;
}

/** The Vagrantfile has the same numbers: a test compares them. */
export const sizeDefaults = { box: 'debian13', cpus: 2, memory: 1024, queues: 1, disk: 0 } as const;

export const machinesOf = ({ nodes, roles = {}, defaults = {} }: Topology): Machine[] =>
  Object.entries(nodes).map(([name, node]) => {
    const layers = [node, roles[node.role] ?? {}, defaults];
    const of = <K extends keyof typeof sizeDefaults>(key: K) => layers.map((layer) => layer[key]).find((value) => value !== undefined) ?? sizeDefaults[key];
    return { name, address: node.address, role: node.role, box: of('box'), cpus: of('cpus'), memory: of('memory'), queues: of('queues'), disk: of('disk') };
  });

/** Names of the topologies below `folder`. */
export const topologyNames = (folder: string): string[] => readdirSync(join(folder, 'topologies')).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : [])).toSorted();

export const readTopology = (folder: string, name: string): Topology => topologySchema.parse(parse(readFileSync(join(folder, 'topologies', `${name}.yaml`), 'utf8')));

export const readBoxes = (folder: string): Boxes => boxesSchema.parse(parse(readFileSync(join(folder, 'boxes.yaml'), 'utf8')));

const allDiffer = (values: readonly string[]): boolean => new Set(values).size === values.length;
