import { type Kind, type Reading, type Script, sh } from '../../../contract/index.ts';

/**
 * Shell functions: `fingerprints FILE` prints the fingerprint of every primary key in an OpenPGP file, armored or not, one a
 * line, and `bad` for what it does not understand. Done with od, awk and sha1sum, since a minimal node has no gpg. What is
 * armored more than once is bad: apt reads the first block, dnf all of them.
 */
export const fingerprintFunctions: Script = sh`packets='{ for (i = 1; i <= NF; i++) b[n++] = $i }
END {
  for (p = 0; p < n; p += h + l) {
    t = b[p]; f = b[p+1]
    if (t >= 192) {
      tag = t - 192
      if (f < 192) { h = 2; l = f }
      else if (f < 224) { h = 3; l = (f - 192) * 256 + b[p+2] + 192 }
      else if (f == 255) { h = 6; l = ((b[p+2] * 256 + b[p+3]) * 256 + b[p+4]) * 256 + b[p+5] }
      else { print "bad"; exit }
    } else {
      tag = int((t - 128) / 4); s = t % 4
      if (t < 128 || s == 3) { print "bad"; exit }
      if (s == 0) { h = 2; l = f }
      if (s == 1) { h = 3; l = f * 256 + b[p+2] }
      if (s == 2) { h = 5; l = ((f * 256 + b[p+2]) * 256 + b[p+3]) * 256 + b[p+4] }
    }
    if (p + h + l > n) { print "bad"; exit }
    if (tag == 6) print p + h + 1, l, b[p+h]
  }
}'
fingerprints() {
  case $(head -c 5 -- "$1" | tr -d '\0') in
    -----)
      if [ "$(grep -c '^-----BEGIN ' -- "$1")" != 1 ]; then echo bad; return 0; fi
      key=$(tr -d '\r' <"$1" | awk '/^-----BEGIN/ { x = 1 } /^$/ { if (x == 1) x = 2 } /^[^=-]/ { if (x == 2) print } /^-----END/ { exit }');;
    *) key=$(base64 <"$1");;
  esac
  printf '%s\n' "$key" | base64 -d 2>/dev/null | od -An -v -tu1 | awk "$packets" | while read -r start length version; do
    if [ "$version" != 4 ]; then echo bad; continue; fi
    sum=$({
      printf '\231'
      printf "\\$(printf %03o $((length/256)))\\$(printf %03o $((length%256)))"
      printf '%s\n' "$key" | base64 -d 2>/dev/null | tail -c "+$start" | head -c "$length"
    } | sha1sum)
    printf '%s\n' "\${sum%% *}" | tr a-f A-F
  done
}`;

const kind: Kind<readonly string[] | undefined> = {
  name: 'signingKeys',
  script: (paths) => sh`${fingerprintFunctions}
i=0
for f in ${paths}; do
  if [ -f "$f" ]; then put "$i" "$(fingerprints "$f")"; fi
  i=$((i+1))
done`,
  parse: (text) => text?.split('\n').filter(Boolean),
};

/** The fingerprints of the primary keys in an OpenPGP file, capital hex; `bad` stands for what is none. undefined where there is no file. */
export const signingKeys = (path: string): Reading<readonly string[] | undefined> => ({ kind, key: path });
