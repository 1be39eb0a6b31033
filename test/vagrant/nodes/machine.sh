#!/bin/sh
# machine.sh ROOT NIC_NAMES: makes a Debian root a virtual machine's: kernel, boot loader, network by DHCP. What it leaves out is
# what takes long under emulation and nobody on a node for an afternoon would miss.
set -eu
root=$1 nic_names=$2

# Boot. The loader itself is written by disk.sh; update-grub works in the machine as on any Debian.
arguments='console=tty0 console=ttyS0 mitigations=off panic=-1'
[ "$nic_names" = predictable ] || arguments="net.ifnames=0 $arguments"
mkdir -p "$root/boot/grub"
cp -R "$root/usr/lib/grub/i386-pc" "$root/boot/grub/"
cat > "$root/etc/default/grub" <<END
GRUB_DEFAULT=0
GRUB_TIMEOUT=0
GRUB_DISTRIBUTOR=Debian
GRUB_CMDLINE_LINUX="$arguments"
GRUB_TERMINAL=console
GRUB_DISABLE_OS_PROBER=true
GRUB_DISABLE_RECOVERY=true
END
for image in "$root"/boot/vmlinuz-*; do kernel=${image##*/vmlinuz-}; done
cat > "$root/boot/grub/grub.cfg" <<END
set timeout=0
menuentry Debian {
  linux /boot/vmlinuz-$kernel root=/dev/vda1 ro $arguments
  initrd /boot/initrd.img-$kernel
}
END
echo '/dev/vda1 / ext4 noatime,errors=remount-ro 0 0' > "$root/etc/fstab"

# Who it is: found out at the first boot. Two kinds of host keys, since an RSA key takes long, and older clients of Vagrant know
# only the second.
: > "$root/etc/machine-id"
echo debian > "$root/etc/hostname"
rm -f "$root"/etc/ssh/ssh_host_*
for kind in ed25519 ecdsa; do echo "HostKey /etc/ssh/ssh_host_${kind}_key"; done > "$root/etc/ssh/sshd_config.d/keys.conf"
mkdir -p "$root/etc/systemd/system/ssh.service.d"
cat > "$root/etc/systemd/system/ssh.service.d/keys.conf" <<'END'
[Service]
ExecStartPre=
ExecStartPre=/bin/sh -c 'for kind in ed25519 ecdsa; do [ -e /etc/ssh/ssh_host_$${kind}_key ] || ssh-keygen -q -t $$kind -N "" -f /etc/ssh/ssh_host_$${kind}_key; done'
ExecStartPre=/usr/sbin/sshd -t
END

# Network: DHCP, but where Vagrant writes another address for a card.
cat > "$root/etc/systemd/network/90-dhcp.network" <<'END'
[Match]
Name=en* eth*
[Network]
DHCP=ipv4
LinkLocalAddressing=no
IPv6AcceptRA=no
[DHCPv4]
ClientIdentifier=mac
END
rm -f "$root/etc/resolv.conf"
: > "$root/etc/resolv.conf"
chroot "$root" systemctl enable systemd-networkd.service ssh.service
chroot "$root" systemctl set-default multi-user.target
# Installed to save time, not to run already: that is for playbooks to do. irqbalance stays, so that there is one to stop.
for unit in chrony.service containerd.service tuned.service grub-common.service; do
  [ ! -e "$root/usr/lib/systemd/system/$unit" ] || chroot "$root" systemctl disable "$unit"
done

for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer logrotate.timer \
  man-db.timer systemd-networkd-wait-online.service systemd-binfmt.service systemd-pstore.service systemd-hwdb-update.service \
  systemd-journal-catalog-update.service systemd-update-done.service ldconfig.service systemd-tpm2-setup.service systemd-tpm2-setup-early.service \
  sys-kernel-tracing.mount sys-fs-fuse-connections.mount dev-hugepages.mount dev-mqueue.mount \
  getty@tty1.service serial-getty@ttyS0.service systemd-rfkill.socket; do
  ln -sfn /dev/null "$root/etc/systemd/system/$unit"
done
# Of the hardware only what such a machine has is looked for; the rest is a hundred programs started for nothing.
mkdir -p "$root/etc/systemd/system/systemd-udev-trigger.service.d"
cat > "$root/etc/systemd/system/systemd-udev-trigger.service.d/few.conf" <<'END'
[Service]
ExecStart=
ExecStart=-/bin/udevadm trigger --type=devices --action=add --subsystem-match=net --subsystem-match=virtio --subsystem-match=block
END
