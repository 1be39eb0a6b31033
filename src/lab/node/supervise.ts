/**
 * `sh supervise.sh NODE_DIR` keeps one node: boots it, boots it again when it asks for a reboot, ends when it halts.
 *
 * reboot(2) in a pid namespace ends its init by SIGHUP for a restart and by SIGINT for a halt (pid_namespaces(7)). Each
 * boot has new namespaces, so kernel state of the node's own (net.*, mounts, routes) is gone as on a real reboot, and its
 * clocks since boot start at zero. When this shell is killed the node goes with it: --pdeathsig ends unshare, and
 * --kill-child the node.
 */
export const supervise = `set -u
cd "$1"
. ./env
trap '' HUP INT
boots=0
while :; do
  boots=$((boots + 1))
  rm -f pid
  echo running > state
  clock=
  if [ -e /proc/self/ns/time_for_children ]; then
    read -r up _ < /proc/uptime
    up=$((\${up%%.*} - 1))
    [ "$up" -gt 0 ] && clock="--time --boottime -$up --monotonic -$up"
  fi
  BOOT=$boots setpriv --pdeathsig KILL unshare --mount --propagation private --uts --ipc --net --pid $clock --fork --kill-child sh "$BIN/boot.sh" >> boot.log 2>&1
  code=$?
  [ "$code" -eq 129 ] || break
done
rm -f pid
if [ "$code" -eq 130 ]; then echo halted > state; else echo "failed $code" > state; fi
`;
