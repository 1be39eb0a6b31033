import { z } from 'zod';

const attributes = z.record(z.string(), z.unknown());

/** One resource of a state file, with the instances that count or for_each made of it. */
export const resource = z.looseObject({ mode: z.string(), type: z.string(), name: z.string(), instances: z.array(z.looseObject({ attributes: attributes.nullish() })).default([]) });

interface Machine {
  readonly name: string;
  readonly address: string;
  readonly groups: readonly string[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Record<string, unknown> => attributes.safeParse(value).data ?? {};
/** Every address somewhere within lists of lists, those of the machine itself left out. */
const addressesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.flatMap(addressesIn) : typeof value === 'string' && /^\d+(\.\d+){3}(\/\d+)?$/.test(value) && !value.startsWith('127.') ? [value.split('/')[0] ?? value] : []);

/** Where the kinds of machines that homelabs use keep name, address and tags. */
const machines: Readonly<Record<string, (of: Record<string, unknown>) => { readonly name: unknown; readonly address: unknown; readonly tags?: unknown }>> = {
  libvirt_domain: (of) => ({ name: of['name'], address: list(of['network_interface']).flatMap((nic) => addressesIn(record(nic)['addresses']))[0] }),
  proxmox_vm_qemu: (of) => ({ name: of['name'], address: text(of['default_ipv4_address']) ?? of['ssh_host'], tags: text(of['tags'])?.split(/[;,]/) }),
  proxmox_virtual_environment_vm: (of) => ({ name: of['name'], address: addressesIn(of['ipv4_addresses'])[0], tags: of['tags'] }),
  hcloud_server: (of) => ({ name: of['name'], address: of['ipv4_address'], tags: Object.values(record(of['labels'])) }),
  digitalocean_droplet: (of) => ({ name: of['name'], address: of['ipv4_address'], tags: of['tags'] }),
  aws_instance: (of) => ({ name: record(of['tags'])['Name'], address: text(of['public_ip']) ?? of['private_ip'] }),
  incus_instance: (of) => ({ name: of['name'], address: of['ipv4_address'] }),
  ansible_host: (of) => ({ name: of['name'], address: record(of['variables'])['ansible_host'] ?? of['name'], tags: of['groups'] }),
};

/** The machines of a state as an inventory of ours, their tags as groups. Undefined where there are none. */
export function hostsOfResources(resources: readonly z.output<typeof resource>[]): object | undefined {
  const found = resources.flatMap(({ mode, type, instances }): Machine[] => {
    const read = mode === 'managed' && Object.hasOwn(machines, type) ? machines[type] : undefined;
    return instances.flatMap(({ attributes: of }): Machine[] => {
      const { name, address, tags } = read && of ? read(of) : { name: undefined, address: undefined };
      const [called, at] = [text(name), text(address)];
      const groups = list(tags).flatMap((tag) => (typeof tag === 'string' && /^[A-Za-z][\w-]*$/.test(tag) && tag !== 'all' ? [tag] : []));
      return called === undefined || at === undefined ? [] : [{ name: called, address: at, groups }];
    });
  });
  if (found.length === 0) return undefined;
  const groups = [...new Set(found.flatMap((machine) => machine.groups))];
  return {
    hosts: Object.fromEntries(found.map(({ name, address }) => [name, { ssh: { address } }])),
    groups: Object.fromEntries(groups.map((group) => [group, { hosts: found.filter((machine) => machine.groups.includes(group)).map(({ name }) => name) }])),
  };
}
