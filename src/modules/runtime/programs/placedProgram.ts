import { type Kind, quote, type Reading, sh } from '../../../contract/index.ts';

/** A program as it is found on a node. */
export interface PlacedProgram {
  /** In hex, links followed. */
  readonly sha256: string;
  /** Four octal digits. */
  readonly mode: string;
  /** Plinth put it there, and nobody has changed it since. */
  readonly ours: boolean;
}

/** What Plinth put in place is noted below: the digest, and by which inode and time of change it is known again. */
export const notes = '/var/lib/plinth/digest';
export const noteOf = (path: string): string => `${notes}${path}`;

// A node's programs are half a gigabyte, and their digests cost seconds: where a note tells that a file is the one that was put
// there, it is believed. Everything else is read.
const kind: Kind<PlacedProgram | undefined> = {
  name: 'program',
  script: (paths) => sh`
    set -- ${paths}
    found=$(stat -L -c '%n|%a|%i|%y' -- "$@" 2>/dev/null) || :
    i=0; there=''
    for f do
      shift
      if [ -f "$f" ]; then
        mode=''; now=''; sum=''; version=''; noted=''
        while IFS='|' read -r n m rest; do if [ "$n" = "$f" ]; then mode=$m; now=$rest; break; fi; done <<EOF
$found
EOF
        if [ -r ${notes}"$f" ]; then IFS='|' read -r sum version noted <${notes}"$f" || :; fi
        if [ -n "$now" ] && [ "$now" = "$noted" ]; then put "$i" "$sum $mode ours"
        else set -- "$@" "$f"; there="$there$i:$mode:\${sum:--} "
        fi
      fi
      i=$((i+1))
    done
    [ $# -gt 0 ] || exit 0
    sums=$(sha256sum -- "$@") || :
    while read -r sum rest; do
      one=\${there%% *}; there=\${there#* }
      i=\${one%%:*}; one=\${one#*:}
      if [ "\${one#*:}" = "$sum" ]; then ours=ours; else ours=foreign; fi
      put "$i" "\${sum#\\} \${one%%:*} $ours"
    done <<EOF
$sums
EOF`,
  parse(text) {
    if (text === undefined) return undefined;
    const [sha256 = '', mode = '', ours] = text.split(' ');
    return { sha256, mode: mode.padStart(4, '0'), ours: ours === 'ours' };
  },
};

/** A program at a path; undefined where there is none. */
export const placedProgram = (path: string): Reading<PlacedProgram | undefined> => ({ kind, key: path });

/** Writes the note of a file that is about to be renamed to `path`; for `validate` of an upload, which puts its name for %s. */
export const noting = (path: string, sha256: string, version = ''): string => {
  const note = noteOf(path);
  // In braces, since what validates may have its output redirected.
  return `{ mkdir -p -- ${quote(note.slice(0, note.lastIndexOf('/')))} && echo "${sha256}|${version}|$(stat -c '%i|%y' -- %s)" >${quote(note)}; }`;
};
