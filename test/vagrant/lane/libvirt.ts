import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from '../../../src/lab/fail.ts';
import { lastLines } from '../../../src/lab/run.ts';
import type { Backend } from './backend.ts';
import { buildBox } from './box.ts';
import { emulates } from './emulates.ts';
import { inside, type Inside, startInside } from './inside.ts';
import { vagrant } from './vagrant.ts';

const wrapper = (state: string): string => join(state, 'qemu');

/** Virtual machines: by KVM where it works, else by emulation, ten times slower and otherwise the same. */
export const libvirt: Backend = {
  kernels: true,
  // Libvirt knows one place for everything it keeps: here it is another one. A KVM that can be opened and does not work makes it
  // ask QEMU for its abilities at every start, so it is hidden.
  prepare: (state) => `
mount -t tmpfs -o mode=755 tmpfs /run
for dir in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
  mkdir -p "${state}/libvirt$dir" "$dir"
  mount --bind "${state}/libvirt$dir" "$dir"
done
mkdir -p /etc/libvirt/qemu/networks /var/lib/libvirt/images /run/libvirt
if [ -e /dev/kvm ] && [ "${emulates() ? 1 : 0}" = 1 ]; then
  : > "${state}/no-kvm"
  chmod 0 "${state}/no-kvm"
  mount --bind "${state}/no-kvm" /dev/kvm
fi`,
  env: (state) => ({ PLINTH_VAGRANT_EMULATE: emulates() ? '1' : '0', ...(emulates() ? { PLINTH_VAGRANT_QEMU: wrapper(state) } : {}), LIBVIRT_DEFAULT_URI: 'qemu:///system' }),
  async start({ here, state, steps, machines, boxes, folder, apt }) {
    if (emulates()) steps.note('no KVM here: QEMU emulates, which is slow and otherwise the same');
    for (const name of new Set(machines.map(({ box }) => box))) {
      const { suite = apt.own, nicNames = 'ethernet' } = boxes[name] ?? {};
      const box = await steps.step(`box plinth/${name}`, () => buildBox(name, { folder, suite, nicNames, apt }));
      await steps.step(`vagrant box add plinth/${name}`, () => vagrant(here, `add the box ${name}`, ['box', 'add', '--name', `plinth/${name}`, '--provider', 'libvirt', box]));
    }
    await steps.step('libvirtd in a network of its own', () => startLibvirt(here, state));
  },
};

async function startLibvirt(here: Inside, state: string): Promise<void> {
  await writeFile(wrapper(state), qemu);
  await chmod(wrapper(state), 0o755);
  const etc = join(state, 'libvirt/etc/libvirt');
  await mkdir(etc, { recursive: true });
  await writeFile(join(etc, 'qemu.conf'), settings);
  await writeFile(join(etc, 'libvirtd.conf'), 'unix_sock_group = "root"\nauth_unix_ro = "none"\nauth_unix_rw = "none"\n');
  startInside(here, 'libvirtd', ['libvirtd']);
  for (let tries = 0; tries < 300; tries++) {
    if ((await inside(here, 'virsh', ['virsh', 'version'], { wait: 60_000 })).code === 0) return;
    await sleep(300);
  }
  throw labError('libvirtd does not start', { detail: lastLines(await readFile(join(here.logs, 'libvirtd.log'), 'utf8').catch(() => ''), 15) });
}

// There is no virtlogd and no security driver in there, and the world is namespace and cgroup enough.
const settings = `namespaces = []
security_driver = "none"
stdio_handler = "file"
user = "root"
group = "root"
cgroup_controllers = []
`;

// QEMU keeps what it has translated; by default a gigabyte a machine.
const qemu = `#!/bin/sh
n=$#
while [ "$n" -gt 0 ]; do
  word=$1; shift; n=$((n - 1))
  [ "$word" != tcg ] || word=tcg,tb-size=96
  set -- "$@" "$word"
done
exec qemu-system-x86_64 "$@"
`;
