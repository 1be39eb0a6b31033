import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** How the kernel chooses a CPU's clock. */
export interface CpuFrequency {
  readonly cpu: number;
  readonly governor: string;
  readonly available: readonly string[];
  /** `intel_pstate`, `acpi-cpufreq`, `cppc_cpufreq`, ... */
  readonly driver: string;
}

// Shell builtins only: a node may have hundreds of CPUs.
const kind: Kind<readonly CpuFrequency[] | undefined> = {
  name: 'cpufreq',
  script: () => sh`
    nl='
'
    o=''
    for d in /sys/devices/system/cpu/cpu[0-9]*/cpufreq; do
      [ -r "$d/scaling_governor" ] || continue
      c=\${d%/cpufreq}
      g=''; a=''; r=''
      { read -r g <"$d/scaling_governor"; } 2>/dev/null || :
      { read -r a <"$d/scaling_available_governors"; } 2>/dev/null || :
      { read -r r <"$d/scaling_driver"; } 2>/dev/null || :
      o="$o\${c##*cpu}|$g|$a|$r$nl"
    done
    if [ -n "$o" ]; then put 0 "$o"; fi`,
  parse: (text) =>
    text
      ?.split('\n')
      .filter(Boolean)
      .map((line) => {
        const [cpu, governor = '', available = '', driver = ''] = line.split('|');
        return { cpu: Number(cpu), governor, available: available.split(' ').filter(Boolean), driver };
      })
      .sort((a, b) => a.cpu - b.cpu),
};

/** Governors of all online CPUs; undefined where the kernel does not choose their clock (most VMs, some boards). */
export const cpufreq = (): Reading<readonly CpuFrequency[] | undefined> => ({ kind, key: '' });
