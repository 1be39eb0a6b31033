import { type Script, sh } from '../../../contract/index.ts';

/**
 * Starts a unit and sees that it stays up; otherwise says why, with the last lines of its log. A service of type simple counts
 * as started as soon as it is forked, so it is watched for half a second: most wrong configurations show by then.
 */
export const started = (unit: string, verb: 'start' | 'restart' | 'reload-or-restart'): Script => sh`unit=${unit}
why() { systemctl status --no-pager --full --lines=15 -- "$unit" >&2 || :; }
if ! systemctl ${verb} -- "$unit"; then why; exit 1; fi
case $(systemctl show --property=Type --value -- "$unit") in simple|exec|idle) checks=5;; oneshot) checks=0;; *) checks=1;; esac
while [ "$checks" -gt 0 ]; do
  if ! systemctl is-active --quiet -- "$unit"; then
    if [ "$(systemctl show --property=ConditionResult --value -- "$unit")" = no ]; then
      printf '%s was not started: a condition in its unit file is not met on this node\n' "$unit" >&2
    else
      printf '%s did not stay up\n' "$unit" >&2
    fi
    why
    exit 1
  fi
  checks=$((checks-1))
  if [ "$checks" -gt 0 ]; then sleep 0.1; fi
done`;
