import { type Script, sh } from '../../../contract/index.ts';
import { mark } from '../original.ts';
import type { Port } from './ports.ts';

export const rulesPath = '/etc/plinth/firewall.nft';
export const unitName = 'plinth-firewall.service';
export const unitPath = `/etc/systemd/system/${unitName}`;

export interface Rules {
  readonly ports: readonly Port[];
  readonly trustedSources: readonly string[];
  readonly trustedInterfaces: readonly string[];
  readonly log: boolean;
}

const isSix = (address: string): boolean => address.includes(':');
const set = (values: readonly (string | number)[]): string => (values.length === 1 ? String(values[0]) : `{ ${values.join(', ')} }`);

/** One rule for each family that a list of sources has; one without a source where there is none. */
const fromSources = (sources: readonly string[], rest: string): string[] => {
  const four = sources.filter((one) => !isSix(one));
  const six = sources.filter(isSix);
  if (sources.length === 0) return [rest];
  return [...(four.length > 0 ? [`ip saddr ${set(four)} ${rest}`] : []), ...(six.length > 0 ? [`ip6 saddr ${set(six)} ${rest}`] : [])];
};

/**
 * A table of our own, replaced in one transaction: other tables (of Kubernetes, Cilium, Docker) are never touched, and there
 * is no moment without rules. Only what comes to the node itself is filtered; what it forwards is the CNI's.
 */
export function rulesText({ ports, trustedSources, trustedInterfaces, log }: Rules): string {
  const comment = (why: string): string => (why === '' ? '' : ` comment "${why}"`);
  const rules = [
    'ct state established,related accept',
    'ct state invalid drop',
    'iif lo accept',
    'meta l4proto { icmp, ipv6-icmp } accept',
    'ip6 saddr fe80::/10 udp dport 546 accept comment "DHCPv6"',
    ...trustedInterfaces.map((name) => `iifname "${name}" accept`),
    ...(trustedSources.length > 0 ? fromSources(trustedSources, 'accept') : []),
    ...ports.flatMap(({ port, protocol, from, why }) => fromSources(from, `${protocol} dport ${port} accept${comment(why)}`)),
    ...(log ? ['limit rate 10/minute log prefix "plinth drop: "'] : []),
  ];
  return `${mark}
table inet plinth
delete table inet plinth
table inet plinth {
  chain input {
    type filter hook input priority filter; policy drop;
${rules.map((rule) => `    ${rule}\n`).join('')}  }
}
`;
}

// Remembers what the kernel made of the file: a rule that somebody changed by hand is seen by comparing the two.
const load = `nft -f ${rulesPath} && nft -s list table inet plinth >/run/plinth-firewall.live`;

export const unitText = `${mark}
[Unit]
Description=Firewall of this node, by Plinth
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
After=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c '${load}'
ExecReload=/bin/sh -c '${load}'
ExecStop=/bin/sh -c 'nft delete table inet plinth; rm -f /run/plinth-firewall.live'

[Install]
WantedBy=sysinit.target
`;

export interface Files {
  readonly rules: string | undefined;
  readonly unit: string | undefined;
}

const put = (path: string, text: string): Script => sh`mkdir -p -- ${path.slice(0, path.lastIndexOf('/'))}
printf %s ${text} >${`${path}.new`}
chmod 0644 -- ${`${path}.new`}
mv -f -- ${`${path}.new`} ${path}`;

/** Makes files, unit and kernel what they should be; also what they were, for taking back. */
export function establish({ rules, unit }: Files): Script {
  if (rules === undefined || unit === undefined) {
    return sh`systemctl disable --now ${unitName} 2>/dev/null || :
if nft list table inet plinth >/dev/null 2>&1; then nft delete table inet plinth; fi
rm -f -- ${unitPath} ${rulesPath} /run/plinth-firewall.live
rmdir /etc/plinth 2>/dev/null || :
systemctl daemon-reload`;
  }
  return sh`${put(`${rulesPath}.trial`, rules)}
if ! nft -c -f ${`${rulesPath}.trial`}; then rm -f -- ${`${rulesPath}.trial`}; echo 'nft does not accept these rules' >&2; exit 1; fi
mv -f -- ${`${rulesPath}.trial`} ${rulesPath}
${put(unitPath, unit)}
systemctl daemon-reload
systemctl enable --quiet ${unitName}
systemctl reload-or-restart ${unitName}`;
}
