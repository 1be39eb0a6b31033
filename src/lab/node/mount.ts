import { liveParameters, ownParameters } from './own-parameters.ts';

/**
 * Second half of a node's boot: its file systems, with everything that is the machine's own closed or copied, then
 * systemd. See docs/lab.md for what is closed and how.
 */
export const mount = `set -eu
. ./env
m=$PWD/root
mkdir -p root own
# Relative paths: the kernel splits these options at commas and colons, which a directory's name may hold.
cd disk
rm -rf work && mkdir work
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,volatile "$m" 2>/dev/null ||
  mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work "$m"
for dir in data/*; do
  mkdir -p "$m/var/lib/\${dir#data/}"
  mount --bind "$dir" "$m/var/lib/\${dir#data/}"
done
cd ..

mount -t proc -o nosuid,nodev,noexec proc "$m/proc"
mount -t sysfs -o nosuid,nodev,noexec sysfs "$m/sys"
mount -t tmpfs -o mode=755,nosuid,nodev,size=20% tmpfs "$m/run"
mount -t tmpfs -o mode=755,nosuid,noexec,size=4m tmpfs "$m/dev"
mount -t tmpfs -o mode=755,size=16m tmpfs own

# /dev
mkdir -p "$m/dev/pts" "$m/dev/shm" "$m/dev/net" "$m/dev/mqueue"
mount -t devpts -o newinstance,nosuid,noexec,ptmxmode=666,mode=620,gid=5 devpts "$m/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$m/dev/shm"
mount -t mqueue mqueue "$m/dev/mqueue" 2>/dev/null || rmdir "$m/dev/mqueue"
(
  umask 0
  cd "$m/dev"
  mknod null c 1 3; mknod zero c 1 5; mknod full c 1 7; mknod random c 1 8; mknod urandom c 1 9
  mknod tty c 5 0; mknod net/tun c 10 200; mknod -m 644 kmsg c 1 3
  [ ! -e /sys/module/fuse ] || mknod fuse c 10 229
  ln -s pts/ptmx ptmx; ln -s /proc/self/fd fd; ln -s fd/0 stdin; ln -s fd/1 stdout; ln -s fd/2 stderr
  : > console
)
mount --bind "$CONSOLE" "$m/dev/console"

# cgroups: the node sees its own as the root.
if [ "$MODE" = v1 ]; then
  mount -t tmpfs -o mode=755,nosuid,nodev,noexec,size=1m tmpfs "$m/sys/fs/cgroup"
  for options in $HIERARCHIES; do
    name=\${options#name=}
    mkdir "$m/sys/fs/cgroup/$name"
    case $options in
      name=*) mount -t cgroup -o "none,$options" cgroup "$m/sys/fs/cgroup/$name" ;;
      unified) mount -t cgroup2 cgroup2 "$m/sys/fs/cgroup/$name" ;;
      *) mount -t cgroup -o "$options" cgroup "$m/sys/fs/cgroup/$name" ;;
    esac
    case $options in *,*) for one in $(echo "$options" | tr , ' '); do ln -s "$name" "$m/sys/fs/cgroup/$one"; done ;; esac
  done
else
  mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$m/sys/fs/cgroup"
fi

# The machine's parameters: copies for the node, shared with the other nodes until written to; the real ones for what is the
# node's own. Below them the real tree is read-only.
ln -s "$LAB/machine" own/machine
mkdir own/upper own/work own/copy
(cd own && mount -t overlay overlay -o lowerdir=machine,upperdir=upper,workdir=work copy)
# In memory, where folders list . and .. first as those of proc do: sysctl -a counts on that, and never ends otherwise.
mkdir own/sys
mount -t tmpfs -o mode=555,nosuid,nodev,noexec tmpfs own/sys
cp -R -p own/machine/sys/. own/sys
rm -f own/sys/kernel/random/boot_id
cat /proc/sys/kernel/random/uuid > own/sys/kernel/random/boot_id
chmod 444 own/sys/kernel/random/boot_id
mkdir own/sys/net
mount --bind "$m/proc/sys/net" own/sys/net
for key in ${[...ownParameters, ...liveParameters].join(' ')}; do
  [ ! -e "own/sys/$key" ] || mount --bind "$m/proc/sys/$key" "own/sys/$key"
done
mount --bind "$m/proc/sys" "$m/proc/sys"
mount -o remount,bind,ro "$m/proc/sys"
mount --rbind own/sys "$m/proc/sys"
[ ! -d "$m/proc/irq" ] || mount --bind own/copy/irq "$m/proc/irq"
for path in sys/kernel/mm sys/module; do
  [ ! -d "$m/$path" ] || mount --bind "own/copy/\${path##*/}" "$m/$path"
done

# The rest of /proc and /sys that is the machine's.
printf 'Filename\\t\\t\\t\\tType\\t\\tSize\\t\\tUsed\\t\\tPriority\\n' > own/swaps
: > own/nothing
chmod 444 own/swaps own/nothing
mkdir own/empty
mount --bind own/swaps "$m/proc/swaps"
for path in proc/kcore proc/kmsg proc/keys proc/timer_list proc/sysrq-trigger proc/kpagecount proc/kpageflags proc/kpagecgroup proc/mtrr; do
  [ ! -e "$m/$path" ] || { mount --bind own/nothing "$m/$path"; mount -o remount,bind,ro "$m/$path"; }
done
for path in proc/acpi proc/scsi proc/bus proc/driver sys/firmware sys/power sys/kernel/debug sys/kernel/tracing sys/kernel/security; do
  [ ! -d "$m/$path" ] || mount -t tmpfs -o ro,mode=555,size=0 tmpfs "$m/$path"
done
for path in proc/fs proc/tty; do
  [ ! -d "$m/$path" ] || { mount --bind "$m/$path" "$m/$path"; mount -o remount,bind,ro "$m/$path"; }
done
# Network cards are the node's own; container runtimes keep BPF objects here.
mount --bind "$m/sys/devices/virtual/net" "$m/sys/devices/virtual/net"
mount -o remount,bind,ro "$m/sys"
[ ! -d "$m/sys/fs/bpf" ] || mount -t bpf -o nosuid,nodev,noexec,mode=700 bpf "$m/sys/fs/bpf" 2>/dev/null || :
if [ -e "$m/sys/class/dmi/id/product_uuid" ]; then
  cp product_uuid own/product_uuid
  mount --bind own/product_uuid "$m/sys/class/dmi/id/product_uuid"
fi

if [ -e first.sh ]; then
  chroot "$m" sh -eu < first.sh
  rm first.sh
fi

cd "$m"
# Pivoting onto itself stacks the machine's tree on top of the new one; the umount takes it off (pivot_root(2)).
cat > run/.plinth-start <<'END'
umount -l /old
rmdir /old
rm -f /run/.plinth-start
exec env -i container=plinth-lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=linux /sbin/init "$@" < /dev/console > /dev/console 2>&1
END
mkdir -p old
drop=-sys_time,-sys_rawio,-wake_alarm,-block_suspend,-mac_admin,-mac_override
set -- sh -c 'pivot_root . old; exec chroot . /bin/sh /run/.plinth-start "$@"' init $INIT_ARGS
if perl "$BIN/confine.pl" true; then
  exec setpriv --bounding-set="$drop" perl "$BIN/confine.pl" "$@"
fi
exec setpriv --bounding-set="$drop,-sys_module,-syslog,-dac_read_search" "$@"
`;
