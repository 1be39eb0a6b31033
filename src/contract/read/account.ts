import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** A user of the node. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** The primary group's name. */
  readonly group: string;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
  /** Supplementary groups, sorted. */
  readonly groups: readonly string[];
  /** `locked`: no password lets it in. */
  readonly password: 'set' | 'locked' | 'empty';
}

const kind: Kind<Account | undefined> = {
  name: 'account',
  script: (names) => sh`
    found=$(getent passwd ${names}) || :
    [ -n "$found" ] || exit 0
    hashes=$(getent shadow ${names}) || :
    all=$(getent group)
    i=0
    for k in ${names}; do
      while IFS= read -r l; do
        case $l in "$k:"*) ;; *) continue;; esac
        gid=\${l#*:*:*:}; gid=\${gid%%:*}
        primary=''; more=''
        while IFS=: read -r g x id members; do
          if [ "$id" = "$gid" ]; then primary=$g; fi
          case ",$members," in *",$k,"*) more="$more $g";; esac
        done <<EOF
$all
EOF
        state=set
        while IFS=: read -r u hash rest; do
          if [ "$u" = "$k" ]; then case $hash in '') state=empty;; '!'*|'*'*) state=locked;; esac; fi
        done <<EOF
$hashes
EOF
        put "$i" "$primary|$state|$more|$l"
        break
      done <<EOF
$found
EOF
      i=$((i+1))
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    const [group = '', password, groups = '', ...line] = text.split('|');
    const [, , uid, gid, comment = '', home = '', shell = ''] = line.join('|').split(':');
    return { uid: Number(uid), gid: Number(gid), group, comment, home, shell, groups: groups.split(' ').filter(Boolean).toSorted(), password: password === 'empty' || password === 'locked' ? password : 'set' };
  },
};

/** A user by name, its groups and whether a password is set; undefined where there is none. */
export const account = (name: string): Reading<Account | undefined> => ({ kind, key: name });
