/**
 * First half of a node's boot, as process 1 of its new namespaces, still seeing the machine's files: joins the node's
 * cgroups, makes its network card, then takes a cgroup namespace and goes on with the second half.
 */
export const boot = `set -eu
. ./env
# The machine's /proc is still mounted here, so "self" is the pid the machine knows this process by.
read -r pid _ < /proc/self/stat
for dir in $CGROUPS; do echo 0 > "$dir/cgroup.procs"; done

# A new name at each boot: the card of the last boot may still be on its way out.
veth=n\${INDEX}b$BOOT
nsenter --net="/proc/$HOLDER/ns/net" ip -batch - <<END
link add $veth type veth peer name eth0 address $MAC netns 1
link set $veth master br0 up
END
ip -batch - <<END
link set lo up
addr add $ADDRESS/24 dev eth0
link set eth0 up
route add default via $GATEWAY
END
if [ -d /proc/sys/net/ipv6 ]; then
  ip -6 -batch - <<END
addr add $ADDRESS6/64 dev eth0 nodad
route add default via $GATEWAY6
END
fi
hostname "$NAME"
echo "$pid" > pid
exec unshare --cgroup sh "$BIN/mount.sh"
`;
