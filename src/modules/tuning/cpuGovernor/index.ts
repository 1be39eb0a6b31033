import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { observeAtBoot, planNotAtBoot, planScript, planUnit, rememberedIn } from '../atBoot.ts';

/** How the clock of the CPUs is chosen, now and at every boot. What was there before is remembered and comes back with `absent`. */
export const cpuGovernor = defineModule({
  name: 'cpuGovernor',
  summary: 'The frequency governor of all CPUs, now and at every boot.',

  args: z.strictObject({
    governor: z.string().regex(/^[a-z_]+$/, 'must be the name of a governor, such as performance').default('performance').describe('The governor, such as `performance`, `schedutil` or `powersave`.'),
    persist: z.enum(['unit', 'tuned']).default('unit').describe('What sets it at boot: a unit of its own, or a profile of tuned that does so. Never both: they would fight.'),
    whereMissing: z.enum(['refuse', 'skip']).default('refuse').describe('What to make of a node whose clock is not its own, such as most virtual machines.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back the governors that were there before, and takes the unit away.'),
  }),

  observe: () => ({ cpus: read.cpufreq(), tuned: read.unit('tuned.service'), ...observeAtBoot('governor') }),

  *plan({ governor, persist, whereMissing, state }, { cpus, tuned, ...found }) {
    const before = rememberedIn(found.script);
    if (state === 'absent') {
      yield* planNotAtBoot('governor', found);
      for (const { cpu, governor: is } of cpus ?? []) {
        const was = before[`cpu${cpu}`];
        if (was !== undefined && was !== is) yield change(`governor of cpu${cpu}`, is, was, setGovernor(cpu, was));
      }
      return;
    }
    if (!cpus) {
      if (whereMissing === 'refuse') yield refuse('the frequency of the CPUs is not chosen on this node', 'there is no /sys/devices/system/cpu/cpu0/cpufreq: a virtual machine, or power management is off in the firmware', { hint: "Leave such nodes out, or say `whereMissing: 'skip'`.", final: true });
      return;
    }
    const unable = cpus.find(({ available }) => !available.includes(governor));
    if (unable) {
      yield refuse(`cpu${unable.cpu} has no governor ${governor}`, `${unable.driver} offers ${unable.available.join(', ') || 'none'}`, { hint: unable.driver === 'intel_pstate' ? 'intel_pstate has only performance and powersave; powersave there scales with load. Boot with intel_pstate=passive for the others.' : 'Choose one of those, or load the module of the governor in an earlier task.', final: true });
      return;
    }
    if (persist === 'unit' && tuned?.active === 'active') {
      yield refuse('tuned runs, and sets governors by its profile', 'two would set the governor at boot', { hint: "Say `persist: 'tuned'` with a profile that wants this governor (network-latency, network-throughput and their parents want performance), or take tuned away first." });
      return;
    }
    const remembered = { ...Object.fromEntries(cpus.map(({ cpu, governor: is }) => [`cpu${cpu}`, is])), ...before };
    const unit = { name: 'governor', description: `CPU governor ${governor}`, after: ['sysinit.target'], before: remembered, body: bodyOf(governor) };
    if (persist === 'unit') yield* planScript(unit, found);
    for (const { cpu, governor: is } of cpus) if (is !== governor) yield change(`governor of cpu${cpu}`, is, governor, setGovernor(cpu, governor));
    if (persist === 'unit') yield* planUnit(unit, found);
    else yield* planNotAtBoot('governor', found);
  },

  output: (_, { cpus }) => ({ driver: cpus?.[0]?.driver, cpus: cpus?.length ?? 0 }),
});

const setGovernor = (cpu: number, governor: string) => sh`echo ${governor} >${`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`}`;

const bodyOf = (governor: string): string => `for f in /sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor; do
  if [ -w "$f" ]; then echo ${governor} >"$f" || echo "$f does not take ${governor}" >&2; fi
done
`;
