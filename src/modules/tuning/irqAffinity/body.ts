import { quote } from '../../../contract/index.ts';

/**
 * Does at boot what the module does now: numbers of interrupts change from boot to boot, names and rules do not.
 * The rule stands in policy.ts; a test on a made-up /proc holds the two against each other.
 */
export const pinningBody = (nic: string, cpus: readonly number[], leave: readonly string[]): string => `nic=${quote(nic)}
d=/sys/class/net/$nic
[ -e "$d" ] || { echo "there is no $nic" >&2; exit 0; }
set -- "$d"/device/msi_irqs/*
if [ ! -e "$1" ] && [ -e "$d/device/features" ]; then set -- "$d"/device/../msi_irqs/*; fi
w=''
if [ -e "$1" ]; then
  for f do w="$w|\${f##*/}"; done
  lines=$(grep -E "^ *(\${w#?}):" /proc/interrupts)
else
  lines=$(grep -E "[ -]$nic([-:, ]|$)" /proc/interrupts)
fi
while read -r irq rest; do
  irq=\${irq%:}
  name=\${rest##* }
  [ -n "$irq" ] || continue
${leave.length > 0 ? `  case $irq in ${leave.join('|')}) continue;; esac\n  case $name in ${leave.map(quote).join('|')}) continue;; esac\n` : ''}  bare=\${name%%@*}
  q=\${bare##*[!0-9]}
  if [ "$bare" = "$nic" ] || [ -z "$q" ]; then q=0; fi
  while [ "\${q#0}" != "$q" ] && [ "$q" != 0 ]; do q=\${q#0}; done
  set -- ${cpus.join(' ')}
  shift $((q % $#))
  if ! echo "$1" 2>/dev/null >/proc/irq/"$irq"/smp_affinity_list; then
    echo "interrupt $irq ($name) is managed by the kernel and stays where it is" >&2
    mkdir -p /run/plinth/managed-irqs
    : >/run/plinth/managed-irqs/"$irq"
  fi
done <<EOF
$lines
EOF
`;

/** Masks of queues, one line each. */
export const masksBody = (nic: string, masks: readonly { readonly queue: string; readonly mask: string }[]): string =>
  masks.map(({ queue, mask }) => `echo ${mask} >${quote(`/sys/class/net/${nic}/queues/${queue}/${queue.startsWith('rx') ? 'rps_cpus' : 'xps_cpus'}`)}\n`).join('');
