import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** A module of the kernel as it stands. */
export interface KernelModule {
  /** `available`: on disk for the running kernel, not loaded. */
  readonly state: 'loaded' | 'builtin' | 'available';
  /** How much uses it; 0 where it may be unloaded. */
  readonly users: number;
}

// A module says `initstate`; what is built in has a folder there only when it has parameters, so lists and effects are
// asked as well: without /lib/modules (containers, custom kernels) the effects are all there is. In file names - and _ are one.
const kind: Kind<KernelModule | undefined> = {
  name: 'kernelModule',
  script: (names) => sh`
    read -r r </proc/sys/kernel/osrelease
    d=/lib/modules/$r
    [ -d "$d" ] || d=/usr/lib/modules/$r
    listed=$(grep -hsE ${`(^|/)(${names.map(pattern).join('|')})\\.ko(\\.[a-z0-9]+)?(:|$)`} "$d/modules.builtin" "$d/modules.dep" || :)
    systems=' '
    while read -r a b; do systems="$systems\${b:-$a} "; done </proc/filesystems
    i=0
    for m in ${names.map(underscored)}; do
      s=''
      if [ -e "/sys/module/$m/initstate" ]; then
        n=0
        if [ -r "/sys/module/$m/refcnt" ]; then read -r n <"/sys/module/$m/refcnt" || :; fi
        s="loaded $n"
      elif [ -d "/sys/module/$m" ]; then
        s='builtin 0'
      else
        while IFS= read -r l; do
          f=\${l%%:*}; f=\${f##*/}; f=\${f%%.ko*}
          while case $f in *-*) true;; *) false;; esac; do f=\${f%%-*}_\${f#*-}; done
          if [ "$f" = "$m" ]; then case $l in *:*) s='available 0';; *) s='builtin 0'; break;; esac; fi
        done <<EOF
$listed
EOF
        case $s in
          builtin*) ;;
          *)
            case $m in br_netfilter) e=/proc/sys/net/bridge;; nf_conntrack) e=/proc/sys/net/netfilter/nf_conntrack_max;; ip_vs) e=/proc/net/ip_vs;; *) e='';; esac
            if [ -n "$e" ] && [ -e "$e" ]; then s='builtin 0'; fi
            case $systems in *" $m "*) s='builtin 0';; esac;;
        esac
      fi
      if [ -n "$s" ]; then put "$i" "$s"; fi
      i=$((i+1))
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    const [state, users] = text.split(' ');
    return { state: state === 'loaded' || state === 'builtin' ? state : 'available', users: Number(users) };
  },
};

const underscored = (name: string): string => name.replaceAll('-', '_');
const pattern = (name: string): string => name.replaceAll(/[^\w-]/g, '').replaceAll(/[-_]/g, '[-_]');

/** Whether a kernel module is loaded, built in or at least on disk; undefined where the running kernel has none of that name. */
export const kernelModule = (name: string): Reading<KernelModule | undefined> => ({ kind, key: name });
