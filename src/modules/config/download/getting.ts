import { type Script, sh } from '../../../contract/index.ts';

export interface Wanted {
  readonly url: readonly string[];
  readonly sha256: string | undefined;
  readonly to: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly proxy: string | undefined;
}

/**
 * Tries one address after another. What has come so far stays beside the target under a name of its own, so that the next
 * try, or the next run, goes on with it; a part that turns out wrong is thrown away and fetched anew once.
 */
export const getting = ({ url, sha256 = '', to, mode, owner, group, proxy = '' }: Wanted): Script => sh`t=${to}; want=${sha256}
if [ -L "$t" ]; then t=$(readlink -f -- "$t"); fi
d=\${t%/*}; part=$d/.plinth-part-\${t##*/}
if [ ! -d "$d/" ]; then echo "there is no directory $d" >&2; exit 1; fi
proxy=${proxy}
if [ -n "$proxy" ]; then http_proxy=$proxy; https_proxy=$proxy; export http_proxy https_proxy; fi
if command -v curl >/dev/null 2>&1; then
  get() { curl --fail --silent --show-error --location --proto-redir '=http,https,ftp' --connect-timeout 20 --speed-time 60 --speed-limit 1 --continue-at - --output "$part" -- "$1"; }
elif command -v wget >/dev/null 2>&1; then
  # That of busybox may know no time limit.
  limit=''; if wget --help 2>&1 | grep -q -- '-T'; then limit='-T 60'; fi
  get() { wget -q -c $limit -O "$part" -- "$1"; }
else
  echo 'neither curl nor wget is on this node: install one in an earlier task' >&2
  exit 1
fi
isRight() {
  [ -f "$part" ] || return 1
  [ -n "$want" ] || return 0
  sum=$(sha256sum <"$part"); [ "\${sum%% *}" = "$want" ]
}
got=no
# Without a digest nothing tells whether a part belongs to this file.
if [ -z "$want" ]; then rm -f -- "$part"; elif isRight; then got=yes; fi
for u in ${url}; do
  if [ "$got" = yes ]; then break; fi
  resumed=no; if [ -s "$part" ]; then resumed=yes; fi
  if get "$u" && isRight; then got=yes; break; fi
  if [ "$resumed" = yes ]; then
    rm -f -- "$part"
    if get "$u" && isRight; then got=yes; break; fi
  fi
  if [ -n "$want" ] && [ -s "$part" ] && sum=$(sha256sum <"$part"); then
    printf '%s: what came has the sha256 %s, or did not come whole\n' "$u" "\${sum%% *}" >&2
  else
    printf '%s: nothing came\n' "$u" >&2
  fi
done
if [ "$got" = no ]; then echo 'no address gave the file' >&2; exit 1; fi
chown ${`${owner}:${group}`} -- "$part"
chmod ${mode} -- "$part"
mv -f -- "$part" "$t"
if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then restorecon -- "$t"; fi`;
