#!/bin/sh
# disk.sh ROOT BOX SIZE_MIB: packs a root that machine.sh made into a box for libvirt. No loop device, no mount: the file system is
# made from the folder, and the loader is written where grub-install would write it on a disk with one MBR partition.
set -eu
root=$1 box=$2 size=$3
work=$(mktemp -d "$box.XXXXXX")
trap 'rm -rf "$work"' EXIT

truncate -s "${size}M" "$work/disk"
echo '2048,,83,*' | sfdisk --quiet "$work/disk"
mke2fs -q -t ext4 -L root -O "^metadata_csum_seed,^orphan_file" -E "offset=1048576,lazy_itable_init=1,lazy_journal_init=1,root_owner=0:0" -d "$root" "$work/disk" "$((size - 1))M"

# boot.img without its own partition table, then core.img in the gap behind it; both say so by default.
loader=$root/usr/lib/grub/i386-pc
chroot "$root" grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -o /core.img biosdisk part_msdos ext2
mv "$root/core.img" "$work/core.img"
[ "$(stat -c %s "$work/core.img")" -lt 1047552 ]
dd if="$loader/boot.img" of="$work/disk" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$work/disk" bs=512 seek=1 conv=notrunc status=none

qemu-img convert -O qcow2 "$work/disk" "$work/box.img"
rm "$work/disk"
printf '{"provider":"libvirt","format":"qcow2","virtual_size":%s}\n' "$(((size + 1023) / 1024))" > "$work/metadata.json"
printf 'Vagrant.configure("2") { |config| config.vm.provider(:libvirt) { |libvirt| libvirt.disk_bus = "virtio" } }\n' > "$work/Vagrantfile"
tar -C "$work" -cf "$work/box" metadata.json Vagrantfile box.img
mv "$work/box" "$box"
