import { z } from 'zod';
import type { Facts } from '../../../contract/read/facts.ts';

/** Values by name, in the order in which they were said. */
const said = z.string().transform((text) => {
  const all = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) all.set(line.slice(0, at), [...(all.get(line.slice(0, at)) ?? []), line.slice(at + 1)]);
  }
  return all;
});

/** KiB, or inodes. */
export interface Room {
  readonly mount: string;
  readonly total: number;
  readonly free: number;
}

export const examinationSchema = said.transform((all) => {
  const many = (name: string): string[] => all.get(name) ?? [];
  const one = (name: string): string | undefined => all.get(name)?.[0];
  const yesNo = (name: string): { readonly name: string; readonly yes: boolean } | undefined => {
    const [subject, answer] = one(name)?.split(' ') ?? [];
    return subject === undefined ? undefined : { name: subject, yes: answer === 'yes' };
  };
  return {
    user: one('user') ?? '',
    isRoot: one('uid') === '0',
    shell: one('shell') ?? 'sh',
    space: roomsOf(many('disk-Pk')),
    inodes: roomsOf(many('disk-Pi')),
    readOnly: one('rootfs') === 'ro',
    /** Whose run holds the node. */
    lock: one('lock'),
    packageLocks: many('packagelock'),
    /** Packages that dpkg finds fault with. */
    audit: many('audit').map((line) => line.trim()),
    interrupted: one('interrupted') === 'yes',
    rebootFor: many('rebootfor'),
    nameservers: many('nameserver'),
    /** Whether the node's own name can be looked up, and the name of a package source of its own. */
    own: yesNo('own'),
    resolves: yesNo('resolves'),
    /** undefined where systemd does not say. */
    synchronized: one('synchronized') === undefined || one('synchronized') === '' ? undefined : one('synchronized') === 'yes',
    failedUnits: many('failedunit'),
  };
});
export type Examination = z.output<typeof examinationSchema>;

/** Everything that is known of a host. */
export interface Examined extends Examination {
  readonly facts: Facts;
  readonly transport: string;
  /** ms from nothing to a shell that answers. */
  readonly connected: number;
  /** Whether the inventory wants steps to run as root. */
  readonly become: boolean;
  /** Who logs in, where the inventory says it. */
  readonly login?: string;
}

/** Mounts are told once, however many of the places lie on them. */
function roomsOf(lines: readonly string[]): Room[] {
  const rooms = lines.flatMap((line) => {
    const [, mount, total, free] = /^(.+) (\d+) (\d+)$/.exec(line) ?? [];
    // File systems such as btrfs have no fixed number of inodes and say 0.
    return mount === undefined || Number(total) === 0 ? [] : [{ mount, total: Number(total), free: Number(free) }];
  });
  return [...new Map(rooms.map((room) => [room.mount, room])).values()];
}
