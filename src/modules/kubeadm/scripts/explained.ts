import { type Script, sh } from '../../../contract/index.ts';

/** Why a control plane does not come up, for who reads the failure: what the kubelet said last, and containers that ended. */
export const explained: Script = sh`explain() {
  if command -v crictl >/dev/null 2>&1; then
    crictl ps -a --state exited 2>/dev/null | sed -n '2,6s/^/ended container: /p' >&2 || :
  fi
  if command -v journalctl >/dev/null 2>&1; then
    journalctl -u kubelet -n 60 --no-pager -o cat 2>/dev/null | grep -E '^[EF][0-9]{4} ' | tail -n 4 | cut -c1-300 >&2 || :
  fi
}`;
