import { type Script, sh } from '../../../contract/index.ts';

export interface Waiting {
  readonly what: string;
  readonly test: string;
  readonly wanted: boolean;
  /** In ms. */
  readonly timeout: number;
  readonly interval: number;
}

/** Looks again and again, tells every five seconds what it saw, and fails with what it saw last. /proc/uptime: a clock that is set meanwhile does no harm. */
export const waiting = ({ what, test, wanted, timeout, interval }: Waiting): Script => sh`
what=${what}
read -r now rest </proc/uptime; start=\${now%%.*}; told=$start
while :; do
  if said=$(set +u; eval ${test} </dev/null 2>&1); then found=yes; else found=no; fi
  [ $found != ${wanted ? 'yes' : 'no'} ] || exit 0
  read -r now rest </proc/uptime; now=\${now%%.*}; waited=$((now - start))
  if [ $waited -ge ${Math.ceil(timeout / 1000)} ]; then
    echo "waited $waited s for $what in vain; the last look said: \${said:-nothing}" >&2
    exit 1
  fi
  if [ $((now - told)) -ge 5 ]; then told=$now; echo "waiting for $what, $waited s: \${said:-not yet}"; fi
  sleep ${Math.ceil(interval / 1000)}
done`;
