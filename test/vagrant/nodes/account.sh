#!/bin/sh
# account.sh ROOT: gives a Debian root the login that Vagrant expects of a box. The key is Vagrant's well-known one: such
# machines are for a private network only.
set -eu
root=${1%/}
run() { if [ -z "$root" ]; then "$@"; else chroot "$root" "$@"; fi; }

grep -q '^vagrant:' "$root/etc/passwd" || run useradd --create-home --shell /bin/bash --user-group vagrant
install -d -m 750 "$root/etc/sudoers.d"
echo 'vagrant ALL=(ALL:ALL) NOPASSWD: ALL' > "$root/etc/sudoers.d/vagrant"
chmod 440 "$root/etc/sudoers.d/vagrant"
install -d -m 700 "$root/home/vagrant/.ssh"
cat > "$root/home/vagrant/.ssh/authorized_keys" <<'END'
ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzIw+niNltGEFHzD8+v1I2YJ6oXevct1YeS0o9HZyN1Q9qgCgzUFtdOKLv6IedplqoPkcmF0aYet2PkEDo3MlTBckFXPITAMzF8dJSIFo9D8HfdOV0IAdx4O7PtixWKn5y2hMNG0zQPyUecp4pzC6kivAIhyfHilFR61RGL+GPXQ2MWZWFYbAGjyiYJnAmCP3NOTd0jMZEnDkbUvxhMmBYSdETk1rRgm+R4LOzFUGaHqHDLKLX+FIPKcF96hrucXzcWyLbIbEgE98OHlnVYCzRdK8jlqm8tehUc9c9WhQ== vagrant insecure public key
END
chmod 600 "$root/home/vagrant/.ssh/authorized_keys"
run chown -R vagrant:vagrant /home/vagrant/.ssh
# Nobody answers a reverse look-up in there.
install -d "$root/etc/ssh/sshd_config.d"
echo 'UseDNS no' > "$root/etc/ssh/sshd_config.d/vagrant.conf"
# A slow machine lets clients wait, they give up and come again, and newer sshds would punish them for it.
if grep -qi persourcepenalties "$root/usr/sbin/sshd"; then echo 'PerSourcePenalties no' >> "$root/etc/ssh/sshd_config.d/vagrant.conf"; fi
