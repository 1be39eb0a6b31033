import { type Script, sh } from '../../../contract/index.ts';

/**
 * Has `systemd-analyze verify` judge a new unit file, `"$n"`, under its own name: misspelt settings and programs that are
 * not there are found before systemd reads them. It also complains of other units, which are none of ours.
 */
export const verifyingUnit = (name: string): Script => sh`u=${name}
if command -v systemd-analyze >/dev/null 2>&1; then
  v=$(mktemp -d)
  trap 'rm -rf -- "$n" "$v"' EXIT; trap 'exit 143' HUP INT TERM
  cp -- "$n" "$v/$u"
  said=$(systemd-analyze verify --man=no "$v/$u" 2>&1) || :
  ours="$v/$u"
${judging}
fi`;

/** The same for a drop-in of a unit that is there: what counts is only what is said of the drop-in. */
export const verifyingDropIn = (unit: string, name: string): Script => sh`u=${unit}
base=$(systemctl show --property=FragmentPath --value -- "$u" 2>/dev/null) || base=''
if command -v systemd-analyze >/dev/null 2>&1 && [ -f "$base" ]; then
  v=$(mktemp -d)
  trap 'rm -rf -- "$n" "$v"' EXIT; trap 'exit 143' HUP INT TERM
  cp -- "$base" "$v/$u"
  mkdir "$v/$u.d"
  cp -- "$n" "$v/$u.d/"${`${name}.conf`}
  said=$(systemd-analyze verify --man=no "$v/$u" 2>&1) || :
  ours="$v/$u.d/"
${judging}
fi`;

// Its exit status counts other units too, so it is the lines that tell. Some name the file, some the unit alone.
const judging: Script = sh.raw(`  bad=''
  while IFS= read -r l; do
    case $l in
      "$ours"*) bad="$bad  \${l#"$v/"}
";;
      "$u: Command "*|"$u: Service "*|"$u: "*Refusing*)
        case $ours in */) ;; *) bad="$bad  $l
";; esac;;
    esac
  done <<END
$said
END
  if [ -n "$bad" ]; then printf 'systemd-analyze verify says:\\n%s' "$bad" >&2; exit 1; fi
  rm -rf -- "$v"
  trap 'rm -f -- "$n"' EXIT; trap 'exit 143' HUP INT TERM`);
