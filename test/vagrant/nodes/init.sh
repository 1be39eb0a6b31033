#!/bin/sh
# Process 1 of a container node before systemd: everything here has CAP_SYS_ADMIN but must not reach the machine whose kernel it
# shares. Kernel parameters that are not the node's own become copies, as on the lab's nodes (docs/lab.md).
set -eu
umask 022

# Docker binds these over the files, so that no program could put a new one in their place.
for file in hosts hostname resolv.conf; do
  cp "/etc/$file" "/run/$file"
  umount "/etc/$file"
  cat "/run/$file" > "/etc/$file"
  rm "/run/$file"
done
# Docker has the node's name at the address of its first card; the inventory says which address the name is for.
name=$(cat /proc/sys/kernel/hostname)
sed -i "/[[:blank:]]$name\$/d" /etc/hosts

own=/run/plinth-node
mkdir -m 755 "$own"
mount -t tmpfs -o mode=755,size=16m tmpfs "$own"
mkdir "$own/sys"
mount -o remount,rw,bind /proc/sys
for dir in /proc/sys/*; do
  [ "$dir" = /proc/sys/net ] || cp -R "$dir" "$own/sys/" 2>/dev/null || :
done
# Below the copies stay real: what belongs to the node's own namespaces, and what can only be read.
mkdir "$own/real"
mount --bind /proc/sys "$own/real"
for name in kernel/hostname kernel/domainname kernel/ns_last_pid kernel/auto_msgmni kernel/shm_rmid_forced kernel/sem \
  kernel/sem_next_id kernel/msg_next_id kernel/shm_next_id kernel/shmmax kernel/shmall kernel/shmmni kernel/msgmax kernel/msgmnb \
  kernel/msgmni fs/mqueue/queues_max fs/mqueue/msg_max fs/mqueue/msgsize_max fs/mqueue/msg_default fs/mqueue/msgsize_default \
  kernel/random/uuid kernel/random/entropy_avail kernel/pty/nr kernel/version kernel/osrelease \
  fs/file-nr fs/inode-nr fs/inode-state fs/dentry-state; do
  [ ! -e "$own/real/$name" ] || mount --bind "$own/real/$name" "$own/sys/$name"
done
rm -f "$own/sys/kernel/random/boot_id"
cat /proc/sys/kernel/random/uuid > "$own/sys/kernel/random/boot_id"
for dir in "$own"/sys/*; do mount --rbind "$dir" "/proc/sys/${dir##*/}"; done
umount "$own/real"

# The machine's swap is not ours to switch off.
printf 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n' > "$own/swaps"
mount --bind "$own/swaps" /proc/swaps
for file in /proc/sysrq-trigger /proc/kmsg; do
  [ ! -e "$file" ] || { : > "$own/nothing"; mount --bind "$own/nothing" "$file"; }
done

# The kubelet wants to watch the kernel's log. There is none of the node's own.
[ -e /dev/kmsg ] || mknod -m 644 /dev/kmsg c 1 3

# /sys stays read-only but for the node's own cgroups and network cards.
awk '$2 ~ "^/sys/fs/cgroup" { print $2 }' /proc/self/mounts | while read -r dir; do mount -o remount,rw,bind "$dir"; done
mount -o remount,rw /sys
mount --bind /sys/devices/virtual/net /sys/devices/virtual/net
mount -o remount,ro,bind /sys

# systemd 256 and later want to be told before they use the older hierarchies.
[ ! -d /sys/fs/cgroup/memory ] || set -- SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 "$@"
container=docker
export container
exec /sbin/init "$@"
