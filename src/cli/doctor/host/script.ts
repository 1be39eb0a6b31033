import { type Script, sh } from '../../../contract/script/script.ts';

/**
 * What facts do not tell: lines `name=value`, read-only, each part of it bounded in time. What a node has no program for is
 * not said.
 */
export const examineScript: Script = sh`
say() { printf '%s=%s\n' "$1" "$2"; }
say uid "$(id -u)"
say user "$(id -un 2>/dev/null || id -u)"
shell=$(readlink "/proc/$$/exe" 2>/dev/null) || shell=''
if [ -n "$shell" ]; then say shell "$shell"; else say shell sh; fi
soon() { if command -v timeout >/dev/null 2>&1; then timeout 5 "$@"; else "$@"; fi; }

for kind in -Pk -Pi; do
  soon df $kind / /var /tmp /boot /var/lib/containerd /var/lib/kubelet 2>/dev/null | while read -r fs total used free percent mount; do
    case $total in *[!0-9]*|'') continue;; esac
    say "disk$kind" "$mount $total $free"
  done
done
while read -r fs mount type options rest; do
  [ "$mount" = / ] || continue
  case ,$options, in *,ro,*) say rootfs ro;; *) say rootfs rw;; esac
done </proc/mounts

for d in /run/plinth; do
  if [ -r "$d/holder" ]; then
    { read -r who; read -r run; read -r since; read -r pid; read -r born; } <"$d/holder" 2>/dev/null || continue
    { read -r line <"/proc/$pid/stat"; } 2>/dev/null || continue
    line=\${line##*) }
    set -- $line
    shift 19
    if [ "$1" = "$born" ]; then say lock "$who, run $run, since $since"; fi
  fi
done
for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock /var/lib/rpm/.rpm.lock /var/cache/dnf/metadata_lock.pid; do
  [ -e "$file" ] || continue
  inode=$(stat -c %i "$file" 2>/dev/null) || continue
  while read -r n class kind mode pid where rest; do
    case $where in *:"$inode") [ -d "/proc/$pid" ] || continue; name=''; { read -r name <"/proc/$pid/comm"; } 2>/dev/null || :; say packagelock "$file held by $name (process $pid)";; esac
  done </proc/locks
done
if command -v dpkg >/dev/null 2>&1; then
  soon dpkg --audit 2>/dev/null | while IFS= read -r line; do case $line in ' '*) say audit "$line";; esac; done
  set -- /var/lib/dpkg/updates/[0-9]*
  if [ -e "$1" ]; then say interrupted yes; fi
fi
if [ -r /run/reboot-required.pkgs ]; then while IFS= read -r line; do say rebootfor "$line"; done </run/reboot-required.pkgs; fi

if [ -r /etc/resolv.conf ]; then while read -r word address rest; do if [ "$word" = nameserver ]; then say nameserver "$address"; fi; done </etc/resolv.conf; fi
if command -v getent >/dev/null 2>&1; then
  own=$(hostname 2>/dev/null) || own=''
  if [ -n "$own" ]; then if soon getent hosts "$own" >/dev/null 2>&1; then say own "$own yes"; else say own "$own no"; fi; fi
  source=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/yum.repos.d/*.repo 2>/dev/null | while IFS= read -r line; do
    case $line in '#'*) continue;; *://*) line=\${line#*://}; line=\${line%%/*}; line=\${line##*@}; line=\${line%%:*}; case $line in *[!0-9.]*) printf '%s' "$line"; break;; esac;; esac
  done)
  case $source in ''|*[!A-Za-z0-9.-]*) ;; *) if soon getent hosts "$source" >/dev/null 2>&1; then say resolves "$source yes"; else say resolves "$source no"; fi;; esac
fi
if command -v timedatectl >/dev/null 2>&1; then say synchronized "$(soon timedatectl show --property=NTPSynchronized --value 2>/dev/null || :)"; fi
if [ -d /run/systemd/system ]; then
  soon systemctl list-units --state=failed --plain --no-legend --no-pager 2>/dev/null | while read -r unit rest; do say failedunit "$unit"; done
fi
`;
