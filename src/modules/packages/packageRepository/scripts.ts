import { type Script, sh } from '../../../contract/index.ts';
import { keyPath, repoPath, type SigningKey, sourcesPath } from './repository.ts';
import { fingerprintFunctions } from './signingKeys.ts';

// apt's own downloader is there where neither curl nor wget is. Nothing is kept but the one key that was asked for.
const download = (url: string): Script => sh`if command -v curl >/dev/null; then curl -fsSL --retry 3 -o "$new" -- ${url}
elif command -v wget >/dev/null; then wget -q -O "$new" -- ${url}
else /usr/lib/apt/apt-helper download-file ${url} "$new" >&2
fi`;

/** Fetches a signing key, sees that it is the wanted one and no other is with it, and puts it in place armored. */
export const fetchKey = (manager: 'apt' | 'dnf', name: string, { fingerprint, url = '', sha256 }: SigningKey): Script => sh`${fingerprintFunctions}
umask 022
target=${keyPath(manager, name)}
mkdir -p -- "\${target%/*}"
new=$target.plinth
trap 'rm -f -- "$new" "$new.armored"' EXIT; trap 'exit 143' HUP INT TERM
${download(url)}
${sha256 === undefined ? sh`` : sh`sum=$(sha256sum <"$new"); sum=\${sum%% *}
if [ "$sum" != ${sha256} ]; then printf 'what came from %s has the sha256 %s\n' ${url} "$sum" >&2; exit 1; fi`}
found=$(fingerprints "$new")
if [ "$found" != ${fingerprint} ]; then
  printf 'what came from %s is not the key that was asked for. It holds: %s\n' ${url} "$(printf '%s' "$found" | tr '\n' ' ')" >&2
  exit 1
fi
case $(head -c 5 -- "$new" | tr -d '\0') in
  -----) ;;
  *) { printf '%s\n\n' '-----BEGIN PGP PUBLIC KEY BLOCK-----'; base64 <"$new"; printf '%s\n' '-----END PGP PUBLIC KEY BLOCK-----'; } >"$new.armored"; mv -f -- "$new.armored" "$new";;
esac
mv -f -- "$new" "$target"`;

/** Puts a key in place that was given as a text. */
export const placeKey = (path: string, text: string): Script => sh`umask 022
path=${path}
mkdir -p -- "\${path%/*}"
printf %s ${text} >"$path.plinth"
mv -f -- "$path.plinth" "$path"`;

/**
 * Fetches the lists of a new source before it is put in place, so that what does not work never stands in the way of other
 * installations; then the lists are there too, and an upgrade to another minor version sees its packages at once.
 */
export const placeSources = (name: string, text: string): Script => sh`umask 022
trial=$(mktemp -d)
trap 'rm -rf -- "$trial"' EXIT; trap 'exit 143' HUP INT TERM
printf %s ${text} >"$trial/new.sources"
left=300
while :; do
  code=0
  said=$(apt-get update -o Acquire::Retries=3 -o Dir::Etc::sourcelist="$trial/new.sources" -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any 2>&1) || code=$?
  case $said in *'Could not get lock'*) ;; *) break;; esac
  if [ "$left" -le 0 ]; then break; fi
  sleep 2; left=$((left-2))
done
if [ "$code" -ne 0 ] || printf '%s\n' "$said" | grep -Eq '^(E:|W: (GPG|Failed))'; then
  printf '%s\nThe repository does not work as described, so it was not added.\n' "$said" >&2
  exit 1
fi
chmod 0644 "$trial/new.sources"
mkdir -p /etc/apt/sources.list.d
cp -- "$trial/new.sources" ${`/etc/apt/sources.list.d/.${name}.plinth`}
mv -f -- ${`/etc/apt/sources.list.d/.${name}.plinth`} ${sourcesPath(name)}`;

/** dnf has no way to try a file elsewhere: what was there comes back where the new one does not work. */
export const placeRepo = (name: string, text: string): Script => sh`umask 022
path=${repoPath(name)}
new=$path.plinth
old=$path.plinth-old
trap 'rm -f -- "$new" "$old"' EXIT; trap 'exit 143' HUP INT TERM
mkdir -p -m 0755 /etc/yum.repos.d
if [ -e "$path" ]; then cp -p -- "$path" "$old"; fi
printf %s ${text} >"$new"
mv -f -- "$new" "$path"
if ! said=$(dnf -y -q makecache --disablerepo='*' --enablerepo=${name} 2>&1); then
  if [ -e "$old" ]; then mv -f -- "$old" "$path"; else rm -f -- "$path"; fi
  printf '%s\nThe repository does not work as described, so it was not added.\n' "$said" >&2
  exit 1
fi`;
