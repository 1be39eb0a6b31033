import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** One interrupt of a network card. */
export interface Interrupt {
  readonly irq: number;
  /** As /proc/interrupts names it: `eth0-TxRx-3`, `virtio0-input.0`, `mlx5_comp0@pci:0000:01:00.0`. */
  readonly name: string;
  /** A list of CPUs, `0-3,8`. */
  readonly cpus: string;
  /** Whether it can be moved; the kernel keeps managed ones to itself and, from 6.11 on, shows it by the mode of the file. */
  readonly movable: boolean;
}

/** One queue of a network card. */
export interface Queue {
  /** `rx-0`, `tx-0`. */
  readonly name: string;
  /** `rps_cpus` or `xps_cpus` as the kernel writes it, a hexadecimal mask; undefined where the card takes none. */
  readonly mask: string | undefined;
}

/** Where the packets of a network card are worked on. */
export interface Interrupts {
  readonly irqs: readonly Interrupt[];
  readonly queues: readonly Queue[];
  /** Lists of CPUs: all that run, and those near the card. */
  readonly online: string;
  readonly local: string;
}

// A virtio device, which alone has `features`, leaves its interrupts to the PCI device above it; above any other is a bridge.
const kind: Kind<Interrupts | undefined> = {
  name: 'interrupts',
  script: (nics) => sh`
    nl='
'
    online=''; { read -r online </sys/devices/system/cpu/online; } 2>/dev/null || :
    i=-1
    for n in ${nics}; do
      i=$((i+1))
      d=/sys/class/net/$n
      [ -e "$d" ] || continue
      o="online|$online$nl"
      v=''; { read -r v <"$d/device/local_cpulist"; } 2>/dev/null || :
      o="\${o}local|\${v:-$online}$nl"
      w=''
      set -- "$d"/device/msi_irqs/*
      if [ ! -e "$1" ] && [ -e "$d/device/features" ]; then set -- "$d"/device/../msi_irqs/*; fi
      if [ -e "$1" ]; then
        for f do w="$w|\${f##*/}"; done
        lines=$(grep -E "^ *(\${w#?}):" /proc/interrupts || :)
      elif [ -e "$d/device" ]; then
        lines=$(grep -E "[ -]$n([-:, ]|$)" /proc/interrupts || :)
      else
        lines=''
      fi
      set --
      while read -r a b; do
        a=\${a%:}
        if [ -e "/proc/irq/$a/smp_affinity_list" ]; then set -- "$@" "/proc/irq/$a/smp_affinity_list"; fi
      done <<EOF
$lines
EOF
      modes=' '
      if [ $# -gt 0 ]; then modes=" $(stat -c '%n=%a' -- "$@" | tr '\n' ' ')"; fi
      while read -r a b; do
        a=\${a%:}
        [ -n "$a" ] || continue
        v=''; { read -r v <"/proc/irq/$a/smp_affinity_list"; } 2>/dev/null || :
        m=no
        case $modes in *" /proc/irq/$a/smp_affinity_list=6"*) m=yes;; esac
        if [ -e "/run/plinth/managed-irqs/$a" ]; then m=no; fi
        o="\${o}irq|$a|\${b##* }|$v|$m$nl"
      done <<EOF
$lines
EOF
      for q in "$d"/queues/[rt]x-*; do
        [ -e "$q" ] || continue
        case $q in */rx-*) f=$q/rps_cpus;; *) f=$q/xps_cpus;; esac
        v=''; if [ -r "$f" ]; then { read -r v <"$f"; } 2>/dev/null || :; fi
        o="\${o}queue|\${q##*/}|$v$nl"
      done
      put "$i" "$o"
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    const lines = text.split('\n').map((line) => line.split('|'));
    const one = (name: string): string => lines.find(([is]) => is === name)?.[1] ?? '';
    return {
      irqs: lines
        .filter(([is]) => is === 'irq')
        .map(([, irq, name = '', cpus = '', movable]) => ({ irq: Number(irq), name, cpus, movable: movable === 'yes' }))
        .sort((a, b) => a.irq - b.irq),
      queues: lines
        .filter(([is]) => is === 'queue')
        .map(([, name = '', mask]) => ({ name, mask: mask || undefined }))
        .sort((a, b) => a.name.slice(0, 2).localeCompare(b.name.slice(0, 2)) || Number(a.name.slice(3)) - Number(b.name.slice(3))),
      online: one('online'),
      local: one('local'),
    };
  },
};

/** Interrupts and queues of a network card; undefined where there is none of that name. */
export const interrupts = (nic: string): Reading<Interrupts | undefined> => ({ kind, key: nic });
