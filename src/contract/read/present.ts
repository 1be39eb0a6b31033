import { type Script, sh } from '../script/script.ts';

/**
 * The beginning of a script that reads many paths in one process: leaves in "$@" the paths for which `test` (shell words
 * about "$f") holds, and in $there their indexes, in the same order. Ends the script where none is left.
 */
export const present = (paths: readonly string[], test: Script): Script => sh`
    set -- ${paths}
    i=0; there=''
    for f do
      shift
      if ${test}; then set -- "$@" "$f"; there="$there $i"; fi
      i=$((i+1))
    done
    [ $# -gt 0 ] || exit 0`;
