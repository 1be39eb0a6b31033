/**
 * `sh holder.sh GATEWAY GATEWAY6 ADDRESS...` keeps the lab's network: a bridge in a namespace of its own that nothing
 * routes into. Says "ready", then sleeps; when it is killed the namespace goes with it.
 */
export const holder = `set -eu
gateway=$1 gateway6=$2; shift 2
ip -batch - <<END
link set lo up
link add br0 type bridge forward_delay 0 stp_state 0
addr add $gateway/24 dev br0
link set br0 up
# What no node has is told at once, instead of waiting in vain.
route add unreachable default metric 4278198272
END
for address; do ip addr add "$address/24" dev br0; done
if [ -d /proc/sys/net/ipv6 ]; then
  ip -6 addr add "$gateway6/64" dev br0 nodad
  echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
  ip -6 route add unreachable default metric 4278198272 || :
fi
echo 1 > /proc/sys/net/ipv4/ip_forward
mkdir -p "$DISKS"
if [ "$MEMORY_DISKS" = 1 ]; then mount -t tmpfs -o mode=700,size=60% tmpfs "$DISKS"; fi
echo ready
exec sleep 2147483647 > /dev/null 2>&1
`;
