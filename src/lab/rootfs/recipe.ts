/** Changes whenever what follows makes another image: it is part of the cache's key. */
export const recipeVersion = 1;

/** What a Debian server usually has. No Python: nodes must not need it. */
export const basePackages: readonly string[] = [
  ...['systemd', 'systemd-sysv', 'dbus', 'libpam-systemd', 'udev', 'openssh-server', 'sudo', 'cron', 'logrotate'],
  ...['iproute2', 'iputils-ping', 'ethtool', 'nftables', 'iptables', 'netbase', 'procps', 'kmod', 'e2fsprogs', 'dbus-user-session'],
  ...['ca-certificates', 'curl', 'gnupg', 'tzdata', 'less', 'nano'],
];

/** The login user every image has. Nodes with another user add it when they first boot. */
export const bakedUser = { name: 'plinth', uid: 1000 };

// Work for hardware, for the network at large, or for a day that a lab node does not live to see.
const masked = [
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'e2scrub_reap.service', 'fstrim.timer', 'logrotate.timer', 'man-db.timer'],
  ...['systemd-networkd-wait-online.service', 'systemd-timesyncd.service', 'systemd-udevd.service', 'systemd-udevd-control.socket', 'systemd-udevd-kernel.socket'],
  ...['systemd-udev-trigger.service', 'systemd-udev-settle.service', 'systemd-update-utmp-runlevel.service', 'systemd-firstboot.service', 'getty@tty1.service', 'console-getty.service'],
  // These would reach the machine's kernel: binfmt_misc is shared, so are hibernation images and kernel crash stores.
  ...['proc-sys-fs-binfmt_misc.automount', 'proc-sys-fs-binfmt_misc.mount', 'systemd-binfmt.service', 'systemd-pstore.service', 'sys-kernel-debug.mount', 'sys-kernel-tracing.mount', 'sys-kernel-config.mount', 'sys-fs-fuse-connections.mount'],
  ...['systemd-hibernate.service', 'systemd-suspend.service', 'systemd-hybrid-sleep.service', 'systemd-hwdb-update.service', 'modprobe@.service'],
];

// systemd-sysctl writes over a value without truncating, as it may with the kernel's own files; in a node's copies, which are
// plain files, the end of a longer old value would stay behind the new one.
const settleParameters = `#!/bin/sh
find /proc/sys -path /proc/sys/net -prune -o -path /proc/sys/fs/mqueue -prune -o -type f -perm -200 -size +0 -print | while read -r file; do
  { read -r first && read -r _; } < "$file" && printf '%s\\n' "$first" > "$file"
done
:
`;

/** Runs on the machine with $1 the new root, at the end of mmdebstrap. */
export const customize = `set -eu
root=$1
for unit in ${masked.join(' ')}; do ln -sfn /dev/null "$root/etc/systemd/system/$unit"; done
chroot "$root" systemctl enable ssh.service >/dev/null 2>&1
chroot "$root" systemctl set-default multi-user.target >/dev/null 2>&1
chroot "$root" useradd --create-home --shell /bin/bash --uid ${bakedUser.uid} --user-group ${bakedUser.name}
rm -f "$root"/etc/ssh/ssh_host_*_key* "$root"/etc/hostname "$root"/etc/resolv.conf
: > "$root/etc/machine-id"
: > "$root/etc/fstab"
: > "$root/etc/default/locale"
rm -f "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* "$root"/var/lib/dbus/machine-id
mkdir -p "$root/etc/systemd/system/systemd-sysctl.service.d"
printf '[Service]\\nExecStartPost=/usr/lib/plinth-lab/settle-parameters\\n' > "$root/etc/systemd/system/systemd-sysctl.service.d/lab.conf"
mkdir -p "$root/usr/lib/plinth-lab"
cat > "$root/usr/lib/plinth-lab/settle-parameters" <<'END'
${settleParameters}END
chmod 755 "$root/usr/lib/plinth-lab/settle-parameters"
mkdir -p "$root"/var/lib/containerd "$root"/var/lib/kubelet "$root"/var/lib/etcd "$root"/var/lib/rancher "$root"/run/sshd
`;
