import { z } from 'zod';
import { change, defineModule, read, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { bundle as bundleOf } from '../../args/bundle.ts';
import { observeOwned, planOwned } from '../../config/owned/owned.ts';
import { unitSections } from '../../config/owned/unitSections.ts';
import { mark } from '../../host/original.ts';
import { foreign, machine } from '../programs/machine.ts';
import { observePrograms, planNoPrograms, planPrograms, type Program } from '../programs/planPrograms.ts';
import { containerdUnit, unitPath } from './unit.ts';

/** What runs containers, where a bundle has it. */
const runtimePrograms = ['containerd', 'containerd-shim-runc-v2', 'ctr', 'runc', 'crictl'];

/** Plugins of CNI that upstream's archive holds, for a bundle that has them beside the other programs. */
const pluginNames = ['bandwidth', 'bridge', 'dhcp', 'dummy', 'firewall', 'host-device', 'host-local', 'ipvlan', 'loopback', 'macvlan', 'portmap', 'ptp', 'sbr', 'static', 'tap', 'tuning', 'vlan', 'vrf'];

/** What a containerd of a bundle is started with: give them to `service` as `newerThan`, with `containerdFiles`. */
export const bundledRuntimeFiles: string[] = [unitPath, '/usr/local/bin/containerd'];

/**
 * containerd, runc, ctr, crictl and the plugins of CNI, as far as the bundle has them, and a unit for containerd. How it is
 * configured is for `containerd`, whether it runs for `service`. A containerd of a package may stay: this one goes before it.
 */
export const bundledRuntime = defineModule({
  name: 'bundledRuntime',
  summary: 'The container runtime of a bundle: containerd, runc, ctr, crictl and the plugins of CNI.',

  args: z
    .strictObject({
      bundle: bundleOf().describe('What openBundle gave.'),
      dir: absolutePath().default('/usr/local/bin').describe('Where programs go: a folder of the PATH.'),
      cniDir: absolutePath().default('/opt/cni/bin').describe('Where plugins of CNI go.'),
      override: unitSections().default({}).describe('Settings of containerd.service, merged over ours last, by section.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` stops this containerd and takes away what was put in place.'),
    })
    .refine(({ bundle, state }) => state === 'absent' || bundle.programs.some(({ path }) => path === 'containerd'), { path: ['bundle'], message: 'has no bin/containerd: leave this task out, and install the package containerd' })
    .refine(({ bundle, state }) => state === 'absent' || bundle.programs.some(({ path }) => path === 'containerd-shim-runc-v2'), { path: ['bundle'], message: 'has bin/containerd and no bin/containerd-shim-runc-v2, without which no container starts' }),

  observe: (args) =>
    Object.assign({ machine: machine(), ...observeOwned(unitPath), unit: read.unit('containerd.service') }, observePrograms(programsOf(args).map(({ to }) => to))),

  *plan({ bundle, state, override, ...args }, { machine: node, unit, ...found }) {
    const programs = programsOf({ bundle, ...args });
    if (state === 'absent') {
      if (found.text?.startsWith(mark)) {
        if (unit && ['active', 'reloading', 'activating'].includes(unit.active)) yield change('containerd.service', unit.active, 'stopped', sh`systemctl stop containerd.service`);
        if (unit && ['enabled', 'enabled-runtime'].includes(unit.file)) yield change('containerd.service at boot', unit.file, 'disabled', sh`systemctl disable containerd.service`);
        yield* planOwned({ path: unitPath, text: undefined, after: sh`systemctl daemon-reload` }, found);
      }
      return yield* planNoPrograms(programs.map(({ to }) => to), found);
    }
    const stranger = foreign(bundle, node);
    if (stranger) return yield stranger;
    yield* planPrograms(programs, found);
    yield* planOwned({ path: unitPath, text: containerdUnit(args.dir, override), after: sh`systemctl daemon-reload` }, found);
  },

  brings: ({ bundle, state }) => (state === 'absent' ? [] : bundle.programs.map(({ path }) => `program ${path}`)),

  output: ({ bundle: { versions } }) => ({ version: versions.containerd }),
});

function programsOf({ bundle, dir, cniDir }: { readonly bundle: { readonly programs: readonly Program['file'][] }; readonly dir: string; readonly cniDir: string }): Program[] {
  return bundle.programs.flatMap((file) => {
    if (runtimePrograms.includes(file.path)) return [{ file, to: `${dir}/${file.path}` }];
    if (file.path.startsWith('cni/')) return [{ file, to: `${cniDir}/${file.path.slice('cni/'.length)}` }];
    return pluginNames.includes(file.path) ? [{ file, to: `${cniDir}/${file.path}` }] : [];
  });
}
