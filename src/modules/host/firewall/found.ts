import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** What of firewalls is on the node. */
export interface Found {
  /** Programs that are there. */
  readonly programs: readonly ('nft' | 'ufw' | 'firewall-cmd')[];
  /** Firewalls in force that are not the one of Plinth. */
  readonly active: readonly ('ufw' | 'firewalld')[];
  /** Where sshd listens. */
  readonly sshPorts: readonly number[];
  /** Our table in the kernel is the one that was loaded from our file. */
  readonly isLoaded: boolean;
}

const kind: Kind<Found> = {
  name: 'firewall',
  script: () => sh`programs=''; active=''
for p in nft ufw firewall-cmd; do if command -v "$p" >/dev/null; then programs="$programs $p"; fi; done
case $programs in *ufw*) if grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then active="$active ufw"; fi;; esac
if [ -d /run/systemd/system ] && systemctl is-active --quiet firewalld; then active="$active firewalld"; fi
ports=$({ "$(command -v sshd || echo /usr/sbin/sshd)" -T 2>/dev/null || :; } | while read -r key value; do if [ "$key" = port ]; then printf ' %s' "$value"; fi; done)
loaded=no
if [ -e /run/plinth-firewall.live ] && now=$(nft -s list table inet plinth 2>/dev/null) && [ "$now" = "$(cat /run/plinth-firewall.live)" ]; then loaded=yes; fi
put 0 "$programs|$active|$ports|$loaded"`,
  parse(text = '') {
    const [programs = '', active = '', ports = '', loaded] = text.split('|');
    const words = (list: string): string[] => list.split(' ').filter(Boolean);
    return {
      programs: (['nft', 'ufw', 'firewall-cmd'] as const).filter((name) => words(programs).includes(name)),
      active: (['ufw', 'firewalld'] as const).filter((name) => words(active).includes(name)),
      sshPorts: words(ports).map(Number),
      isLoaded: loaded === 'yes',
    };
  },
};

export const found = (): Reading<Found> => ({ kind, key: '' });
