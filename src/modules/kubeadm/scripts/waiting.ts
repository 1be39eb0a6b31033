import { type Script, sh } from '../../../contract/index.ts';

/**
 * `await_ok WHAT SECONDS FUNCTION [ARGS]` looks until the function succeeds, and tells every five seconds what it waits for and
 * what the last look said. /proc/uptime: a clock that is set meanwhile does no harm.
 */
export const waiting: Script = sh`await_ok() {
  what=$1; limit=$2; shift 2
  read -r up rest </proc/uptime; begin=\${up%%.*}; told=$begin
  until said=$("$@" 2>&1); do
    read -r up rest </proc/uptime; up=\${up%%.*}
    if [ $((up - begin)) -ge "$limit" ]; then
      echo "waited $limit s for $what in vain; the last look said: \${said:-nothing}" >&2
      return 1
    fi
    if [ $((up - told)) -ge 5 ]; then told=$up; echo "waiting for $what, $((up - begin)) s: \${said:-not yet}"; fi
    sleep 0.3 2>/dev/null || sleep 1
  done
}`;
