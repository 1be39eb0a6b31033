import { type Kind, type Reading, type Script, sh } from '../../../contract/index.ts';
import type { Port } from './ports.ts';

/** A rule of ufw or firewalld as one line, so that lists of them can be compared. */
export const ufwRules = (ports: readonly Port[], trustedSources: readonly string[], trustedInterfaces: readonly string[]): readonly string[] => [
  ...trustedInterfaces.map((name) => `allow in on ${name}`),
  ...trustedSources.map((source) => `allow from ${source}`),
  ...ports.flatMap(({ port, protocol, from }) => {
    const number = String(port).replace('-', ':');
    return from.length === 0 ? [`allow ${number}/${protocol}`] : from.map((source) => `allow from ${source} to any port ${number} proto ${protocol}`);
  }),
];

const ufwKind: Kind<readonly string[]> = {
  name: 'ufwRules',
  script: () => sh`if command -v ufw >/dev/null; then
  out=$(ufw show added 2>/dev/null) || :
  put 0 "$(printf '%s\n' "$out" | sed -n "s/^ufw \\(allow .*\\)/\\1/p" | sed "s/ comment '.*'\$//")"
fi`,
  parse: (text = '') => text.split('\n').filter(Boolean),
};

/** What was told to ufw, whether it is enabled or not. */
export const ufwAdded = (): Reading<readonly string[]> => ({ kind: ufwKind, key: '' });

export const addUfw = (rules: readonly string[], isActive: boolean): Script => sh.lines([...rules.map((rule) => sh`ufw ${rule.split(' ')} >/dev/null`), ...(isActive ? [] : [sh`ufw --force enable >/dev/null`])]);
export const removeUfw = (rules: readonly string[], wasActive: boolean): Script => sh.lines([...(wasActive ? [] : [sh`ufw --force disable >/dev/null`]), ...rules.map((rule) => sh`ufw --force delete ${rule.split(' ')} >/dev/null`)]);

/** Sources need rich rules; plain ports and sources are firewalld's own lists. */
export const firewalldRules = (ports: readonly Port[], trustedSources: readonly string[], trustedInterfaces: readonly string[]): readonly string[] => [
  ...trustedInterfaces.map((name) => `trusted interface ${name}`),
  ...trustedSources.map((source) => `trusted source ${source}`),
  ...ports.flatMap(({ port, protocol, from }) =>
    from.length === 0 ? [`default port ${port}/${protocol}`] : from.map((source) => `default rich rule family="${source.includes(':') ? 'ipv6' : 'ipv4'}" source address="${source}" port port="${port}" protocol="${protocol}" accept`),
  ),
];

const firewalldKind: Kind<readonly string[]> = {
  name: 'firewalldRules',
  script: () => sh`if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
  put 0 "$(
    for p in $(firewall-cmd --permanent --list-ports); do printf 'default port %s\n' "$p"; done
    firewall-cmd --permanent --list-rich-rules | sed 's/^/default rich /'
    for s in $(firewall-cmd --permanent --zone=trusted --list-sources); do printf 'trusted source %s\n' "$s"; done
    for i in $(firewall-cmd --permanent --zone=trusted --list-interfaces); do printf 'trusted interface %s\n' "$i"; done
  )"
fi`,
  parse: (text = '') => text.split('\n').filter(Boolean),
};

export const firewalldAdded = (): Reading<readonly string[]> => ({ kind: firewalldKind, key: '' });

function firewallCmd(verb: 'add' | 'remove', rule: string): Script {
  const [zone = '', what = '', ...rest] = rule.split(' ');
  const value = rest.join(' ');
  const where = zone === 'default' ? [] : [`--zone=${zone}`];
  return sh`firewall-cmd ${['-q', '--permanent', ...where, what === 'rich' ? `--${verb}-rich-rule=${value}` : `--${verb}-${what}=${value}`]}`;
}

/** The permanent configuration is made the one in force. */
export const changeFirewalld = (add: readonly string[], remove: readonly string[]): Script => sh.lines([...add.map((rule) => firewallCmd('add', rule)), ...remove.map((rule) => firewallCmd('remove', rule)), sh`firewall-cmd -q --reload`]);
