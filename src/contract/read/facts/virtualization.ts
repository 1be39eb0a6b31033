import type { Facts } from '../facts.ts';
import type { Lines } from './lines.ts';

const containers = new Set(['docker', 'podman', 'lxc', 'lxc-libvirt', 'systemd-nspawn', 'openvz', 'rkt', 'wsl', 'proot', 'pouch', 'container-other', 'oci']);

/** What DMI says of the usual hypervisors, for nodes without systemd-detect-virt. */
const hypervisors: readonly (readonly [RegExp, string])[] = [
  [/QEMU|KVM|OpenStack|Google Compute|Amazon EC2|DigitalOcean|Hetzner/i, 'kvm'],
  [/VMware/i, 'vmware'],
  [/VirtualBox|innotek/i, 'oracle'],
  [/Xen/i, 'xen'],
  [/Microsoft.*Virtual Machine/i, 'microsoft'],
  [/Parallels/i, 'parallels'],
  [/Bochs/i, 'bochs'],
];

export function parseVirtualization(said: Lines): Pick<Facts, 'virtualization' | 'container'> {
  const virtualization = said.one('virt') || said.one('container') || said.one('hypervisor') || hinted(`${said.one('vendor')} ${said.one('product')}`);
  return { virtualization, container: containers.has(virtualization) };
}

const hinted = (hardware: string): string => hypervisors.find(([pattern]) => pattern.test(hardware))?.[1] ?? 'none';
