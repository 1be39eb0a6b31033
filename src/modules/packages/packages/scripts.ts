import { type Script, sh } from '../../../contract/index.ts';
import type { Wanted } from './wanted.ts';

export interface Manner {
  readonly state: 'present' | 'absent' | 'latest';
  readonly hold?: boolean | undefined;
  readonly update: 'auto' | 'always' | 'never';
  readonly cacheHours: number;
  readonly recommends: boolean;
  readonly startServices: boolean;
  readonly allowDowngrade: boolean;
  readonly purge: boolean;
  readonly lockSeconds: number;
}

/** apt without a question: it waits for the lock, keeps changed configuration files, and restarts nothing by itself. */
const quietly = (lockSeconds: number): Script => sh`export DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_MODE=l UCF_FORCE_CONFFOLD=1
apt() { command apt-get -y -o ${`DPkg::Lock::Timeout=${lockSeconds}`} -o Acquire::Retries=3 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"; }
if [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ]; then dpkg --force-confdef --force-confold --configure -a; fi`;

// A policy left behind would keep services down for ever, so ours works only as long as a file in /run is there, and a
// boot clears it whatever happened.
const servicesStayDown = sh`policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ] || grep -q 'Written by Plinth' "$policy"; then
  trap 'rm -f "$policy" /run/plinth-no-services' EXIT
  trap 'exit 143' HUP INT TERM
  : >/run/plinth-no-services
  printf '#!/bin/sh\n# Written by Plinth while packages are installed.\n[ ! -e /run/plinth-no-services ] || exit 101\nexit 0\n' >"$policy"
  chmod 0755 "$policy"
fi`;

// Lists are old by the time of their folder, which is touched since apt leaves it alone when nothing was new.
const lists = ({ update, cacheHours, lockSeconds }: Manner): Script => sh`renew() {
  left=${lockSeconds}
  until said=$(apt update 2>&1); do
    case $said in *'Could not get lock'*) ;; *) left=0;; esac
    if [ "$left" -le 0 ]; then printf '%s\n' "$said" >&2; exit 1; fi
    sleep 2; left=$((left-2))
  done
  touch /var/lib/apt/lists
  renewed=yes
}
offered() {
  apt-cache policy -- "$@" | while IFS= read -r l; do
    case $l in ' '*Candidate:*) case $l in *'(none)') ;; *) printf '%s ' "$n";; esac;; ' '*) ;; *:) n=\${l%:};; esac
  done
}
without() {
  known=" $(offered "$@")"
  none=''
  for p do case $known in *" $p "*|*" \${p%%:*} "*) ;; *) none="$none $p";; esac; done
}
renewed=no
case ${update} in
  always) renew;;
  auto)
    if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' | head -n 1)" ] || [ -z "$(find /var/lib/apt/lists -maxdepth 0 -mmin ${`-${cacheHours * 60}`})" ]; then renew; fi;;
esac`;

const apt = (packages: readonly Wanted[], manner: Manner): Script => sh`${quietly(manner.lockSeconds)}
${manner.startServices ? sh`` : servicesStayDown}
${lists(manner)}
without ${packages.map(({ name }) => name)}
if [ -n "$none" ] && [ "$renewed" = no ] && [ ${manner.update} != never ]; then renew; without ${packages.map(({ name }) => name)}; fi
if [ -n "$none" ]; then
  printf 'Unable to locate package:%s\nNo repository of this node has it. A virtual package must be named by one of its providers: apt-cache showpkg%s\n' "$none" "$none" >&2
  exit 1
fi
apt ${[...(manner.recommends ? [] : ['--no-install-recommends']), ...(manner.allowDowngrade ? ['--allow-downgrades'] : []), ...(manner.hold === undefined ? [] : ['--allow-change-held-packages'])]} install -- ${packages.map(({ name, version }) => (version === undefined ? name : `${name}=${version}`))}`;

const dnf = (packages: readonly Wanted[], manner: Manner): Script => {
  const names = packages.map(({ name, version }) => (version === undefined ? name : `${name}-${version}`));
  const options = ['-y', ...(manner.recommends ? [] : ['--setopt=install_weak_deps=False']), ...(manner.update === 'always' ? ['--refresh'] : [])];
  const more = [...(manner.state === 'latest' ? ['upgrade'] : []), ...(manner.allowDowngrade ? ['downgrade'] : [])];
  // dnf itself goes back to an older version without a word.
  const pinned = manner.allowDowngrade ? [] : packages.flatMap(({ name, version }) => (version === undefined ? [] : [{ name, version: version.replace(/\*$/, '') }]));
  const forward = pinned.map(
    ({ name, version }) => sh`is=$(rpm -q --qf '%{VERSION}-%{RELEASE}' -- ${name} 2>/dev/null) || is=''
if [ -n "$is" ] && [ "$(rpm --eval "%{lua: print(rpm.vercmp('$is', '"${version}"'))}")" = 1 ]; then
  printf '%s is at %s, and %s is older: it is put in place only with allowDowngrade\n' ${name} "$is" ${version} >&2
  exit 1
fi`,
  );
  const unlocked = manner.hold === undefined ? [] : [setHold(packages, false)];
  return sh.lines([...forward, ...unlocked, sh`dnf ${options} install ${names}`, ...more.map((verb) => sh`dnf ${options} ${verb} ${names}`)]);
};

const either = (onApt: Script, onDnf: Script): Script => sh`if command -v apt-get >/dev/null; then
${onApt}
else
${onDnf}
fi`;

/** Installing what is held takes its hold away, so it is given back at once. */
export const install = (packages: readonly Wanted[], manner: Manner): Script =>
  sh.lines([either(apt(packages, manner), dnf(packages, manner)), ...(manner.hold ? [setHold(packages, true)] : [])]);

export const remove = (packages: readonly Wanted[], manner: Manner): Script => {
  const names = packages.map(({ name }) => name);
  const held = manner.hold === undefined ? [] : ['--allow-change-held-packages'];
  return either(sh`${quietly(manner.lockSeconds)}
apt ${held} ${manner.purge ? 'purge' : 'remove'} -- ${names}`, sh`dnf -y remove ${names}`);
};

export const setHold = (packages: readonly Wanted[], hold: boolean): Script => {
  const names = packages.map(({ name }) => name);
  return either(sh`apt-mark ${hold ? 'hold' : 'unhold'} -- ${names}`, sh`dnf -y versionlock delete ${names} >/dev/null 2>&1 || :
${hold ? sh`dnf -y versionlock add ${names}` : sh``}`);
};
