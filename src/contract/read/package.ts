import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** An installed package. */
export interface Package {
  readonly version: string;
  /** Kept at its version: `apt-mark hold`, or dnf's versionlock. */
  readonly held: boolean;
  /** Unpacked but not configured: an installation that was cut off. */
  readonly broken: boolean;
}

// Answers come sorted, unknown names are left out: each line is given to the key it names.
const kind: Kind<Package | undefined> = {
  name: 'package',
  script: (names) => sh`
    if command -v dpkg-query >/dev/null; then
      out=$(dpkg-query -W -f='\${Package}|\${Architecture}|\${db:Status-Abbrev}|\${Version}\n' -- ${names} 2>/dev/null) || :
      locks=''
    elif command -v rpm >/dev/null; then
      out=$(rpm -q --qf '%{NAME}|%{ARCH}|ii |%{VERSION}-%{RELEASE}\n' -- ${names} 2>/dev/null) || :
      locks=$(cat /etc/dnf/plugins/versionlock.list 2>/dev/null || :; grep -s '^name' /etc/dnf/versionlock.toml || :)
    else
      echo 'neither dpkg nor rpm is on this node' >&2
      exit 1
    fi
    i=0
    for k in ${names}; do
      while IFS='|' read -r name arch status version; do
        case $k in "$name"|"$name:$arch"|"$name.$arch") ;; *) continue;; esac
        case $locks in *"$name-"[0-9]*|*"\"$name\""*) status=h\${status#?};; esac
        put "$i" "$status|$version"
      done <<EOF
$out
EOF
      i=$((i+1))
    done`,
  parse(text) {
    const [, want, status, version] = /^(.)(.).*?\|(.*)$/.exec(text ?? '') ?? [];
    if (status === undefined || version === undefined || !'iUFHWt'.includes(status)) return undefined;
    return { version, held: want === 'h', broken: 'UFH'.includes(status) };
  },
};

/** A package of dpkg or rpm; undefined where it is not installed (a leftover configuration is not an installation). */
export const pkg = (name: string): Reading<Package | undefined> => ({ kind, key: name });
