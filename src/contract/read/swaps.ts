import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** Everything that gives a node swap, now or at boot. /etc/fstab is read by itself. */
export interface Swaps {
  readonly active: readonly { readonly name: string; readonly type: string; readonly sizeMiB: number }[];
  /** Swap units of systemd; `source` is what a generator made it from, `masked` that it cannot be started. */
  readonly units: readonly { readonly name: string; readonly source: string; readonly masked: boolean }[];
  /** Services that make swap by themselves and start at boot: dphys-swapfile, zramswap, zram-config. */
  readonly services: readonly string[];
}

const kind: Kind<Swaps> = {
  name: 'swaps',
  script: () => sh`
nl='
'
o=''
while read -r name type size rest; do
  case $name in /*) o="\${o}active|$name|$type|$size$nl";; esac
done </proc/swaps
generated='/run/systemd/generator.early /run/systemd/generator /run/systemd/generator.late'
seen=' '
for d in /etc/systemd/system /run/systemd/system /usr/lib/systemd/system /lib/systemd/system $generated; do
  for f in "$d"/*.swap; do
    n=\${f##*/}
    if [ "$n" = '*.swap' ]; then continue; fi
    case $seen in *" $n "*) continue;; esac
    seen="$seen$n "
    masked=no
    if [ -c "/etc/systemd/system/$n" ] || [ -c "/run/systemd/system/$n" ]; then masked=yes; fi
    source=''
    for g in $generated; do
      if [ -f "$g/$n" ]; then while IFS= read -r l; do case $l in SourcePath=*) source=\${l#*=};; esac; done <"$g/$n"; fi
    done
    o="\${o}unit|$n|$source|$masked$nl"
  done
done
for s in dphys-swapfile zramswap zram-config; do
  for f in /etc/systemd/system/*.wants/"$s.service"; do
    if [ -L "$f" ] || [ -e "$f" ]; then o="\${o}service|$s.service$nl"; break; fi
  done
done
put 0 "$o"`,
  parse(text = '') {
    const rows = text.split('\n').map((line) => line.split('|'));
    const of = (what: string) => rows.filter(([first]) => first === what);
    return {
      active: of('active').map(([, name = '', type = '', size]) => ({ name, type, sizeMiB: Math.round(Number(size) / 1024) })),
      units: of('unit').map(([, name = '', source = '', masked]) => ({ name, source, masked: masked === 'yes' })),
      services: of('service').map(([, name = '']) => name),
    };
  },
};

/** Active swap, and what would bring it at boot. */
export const swaps = (): Reading<Swaps> => ({ kind, key: '' });
