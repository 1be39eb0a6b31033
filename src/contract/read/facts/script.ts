import { type Script, sh } from '../../script/script.ts';

/**
 * Gathers everything in two to four processes (`systemd-detect-virt`, `ip`, `date`): the rest is shell builtins over /proc and
 * /sys. dash reads a byte at a time, so long files (cpuinfo of many cores, interrupts) are left early or given to grep.
 * Prints lines `name=value`, and the lines of `ip -o addr` as they are. The clock comes last: what came before is not in its error.
 */
export const factsScript: Script = sh`
nl='
'
o=''
say() { o="$o$1=$2$nl"; }
one() { v=''; if [ -r "$1" ]; then { IFS= read -r v <"$1"; } 2>/dev/null || :; fi; }
tell() { one "$2"; if [ -n "$v" ]; then say "$1" "$v"; fi; }
lines() { if [ -r "$2" ]; then while IFS= read -r v || [ -n "$v" ]; do say "$1" "$v"; done <"$2"; fi; }

tell hostname /proc/sys/kernel/hostname
tell machineId /etc/machine-id
if [ -r /etc/os-release ]; then lines os /etc/os-release; else lines os /usr/lib/os-release; fi
tell release /proc/sys/kernel/osrelease
release=$v
for f in /proc/config.gz "/boot/config-$release" "/usr/lib/modules/$release/config" "/lib/modules/$release/config" "/usr/lib/ostree-boot/config-$release" "/usr/lib/kernel/config-$release"; do
  if [ -r "$f" ]; then say config "$f"; break; fi
done
tell cmdline /proc/cmdline
one /proc/sys/kernel/arch
if [ -n "$v" ]; then say arch "$v"; else say arch "$(uname -m)"; fi
tell vendor /sys/class/dmi/id/sys_vendor
tell product /sys/class/dmi/id/product_name
tell board /proc/device-tree/model
tell cpus /sys/devices/system/cpu/online
while IFS= read -r v && [ -n "$v" ]; do case $v in 'model name'*) say cpu "$v"; break;; esac; done </proc/cpuinfo || :
while read -r k v u; do case $k in MemTotal:) say memory "$v";; SwapTotal:) say swap "$v"; break;; esac; done </proc/meminfo || :

ask=''
for d in /sys/class/net/*; do
  [ -d "$d" ] || continue
  i=\${d##*/}
  case $i in lo|lxc*|veth*|cali*|cilium_*|nodelocaldns|kube-ipvs0) continue;; esac
  say nic "$i"
  tell nic.mac "$d/address"
  tell nic.mtu "$d/mtu"
  tell nic.state "$d/operstate"
  tell nic.flags "$d/flags"
  tell nic.speed "$d/speed"
  if [ -r "$d/uevent" ]; then while IFS= read -r v; do case $v in DEVTYPE=*) say nic.type "\${v#*=}";; esac; done <"$d/uevent"; fi
  if [ -e "$d/master" ] && cd -P "$d/master" 2>/dev/null; then say nic.master "\${PWD##*/}"; fi
  driver=''
  if [ -e "$d/device" ]; then
    say nic.device yes
    if cd -P "$d/device/driver" 2>/dev/null; then driver=\${PWD##*/}; say nic.driver "$driver"; fi
  fi
  cd /
  set -- "$d"/queues/rx-*
  if [ -e "$1" ]; then say nic.rx $#; fi
  set -- "$d"/queues/tx-*
  if [ -e "$1" ]; then say nic.tx $#; fi
  set -- "$d"/device/msi_irqs/*
  if [ "$driver" = virtio_net ] && [ ! -e "$1" ]; then set -- "$d"/device/../msi_irqs/*; fi
  if [ -e "$1" ]; then
    for f do say nic.irq "\${f##*/}"; done
  elif [ -n "$driver" ]; then
    ask="$ask|$i"
  fi
done
if [ -n "$ask" ]; then
  say interrupts "$(grep -E "[ -](\${ask#?})([-: ]|$)" /proc/interrupts || :)"
fi
route=''
if [ -r /proc/net/route ]; then
  while read -r i to gateway a b c d mask rest; do
    if [ "$to$mask" = 0000000000000000 ]; then route="$i $gateway"; break; fi
  done </proc/net/route
fi
if [ -n "$route" ]; then say route "$route"; elif [ -r /proc/net/if_inet6 ]; then say route6 "$(ip -6 route show default 2>/dev/null || :)"; fi

if [ -e /sys/fs/cgroup/cgroup.controllers ]; then say cgroup v2; elif [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then say cgroup hybrid; else say cgroup v1; fi
if [ -d /run/systemd/system ]; then say init systemd; else tell init /proc/1/comm; fi
if command -v apt-get >/dev/null; then say packages apt; elif command -v dnf >/dev/null; then say packages dnf; fi
if command -v systemd-detect-virt >/dev/null; then
  say virt "$(systemd-detect-virt 2>/dev/null || :)"
else
  tell container /run/systemd/container
  if [ -e /.dockerenv ]; then say container docker; elif [ -e /run/.containerenv ]; then say container podman; fi
  tell hypervisor /sys/hypervisor/type
fi
tell bootId /proc/sys/kernel/random/boot_id
if [ -e /run/reboot-required ] || [ -e /var/run/reboot-required ]; then say reboot yes; fi
if [ -e /run/chrony/chronyd.pid ] || [ -e /run/chrony/chronyd.sock ]; then say sync chrony
elif [ -d /run/systemd/timesync ]; then say sync systemd-timesyncd
elif [ -e /run/ntpd.pid ] || [ -e /run/ntp/ntpd.pid ]; then say sync ntpd; fi
if command -v ip >/dev/null; then o="$o$(ip -o addr show 2>/dev/null || :)$nl"; fi
say clock "$(date +%s.%N)"
put 0 "$o"`;
