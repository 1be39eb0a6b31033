import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** What the node knows of the packages it could install. */
export interface PackageLists {
  readonly manager: 'apt' | 'dnf';
  /** Since they were fetched, in seconds by the node's clock; undefined where there are none. */
  readonly age: number | undefined;
  /** A description of a repository that was written after they were fetched. */
  readonly newer: string | undefined;
}

// apt leaves its folder alone when nothing was new, so whoever renews the lists touches it.
const kind: Kind<PackageLists | undefined> = {
  name: 'packageLists',
  script: () => sh`if command -v apt-get >/dev/null; then
  manager=apt; lists=/var/lib/apt/lists; sources=/etc/apt/sources.list.d
  if [ -z "$(find "$lists" -maxdepth 1 -name '*_*' ! -name 'lock' 2>/dev/null | head -n 1)" ]; then lists=''; fi
elif command -v dnf >/dev/null; then
  manager=dnf; lists=/var/cache/libdnf5; sources=/etc/yum.repos.d
  [ -d "$lists" ] || lists=/var/cache/dnf
  [ -d "$lists" ] || lists=''
else exit 0
fi
if [ -z "$lists" ]; then put 0 "$manager||"; exit 0; fi
newer=$(find /etc/apt/sources.list "$sources" -type f -newer "$lists" 2>/dev/null | head -n 1)
put 0 "$manager|$(($(date +%s)-$(stat -c %Y "$lists")))|$newer"`,
  parse(text) {
    if (text === undefined) return undefined;
    const [manager, age = '', newer = ''] = text.split('|');
    return { manager: manager === 'dnf' ? 'dnf' : 'apt', age: age === '' ? undefined : Number(age), newer: newer || undefined };
  },
};

/** The package lists of the node; undefined where neither apt nor dnf is there. */
export const packageLists = (): Reading<PackageLists | undefined> => ({ kind, key: '' });
