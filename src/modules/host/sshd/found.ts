import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** Who we are on the node, and what would let us in again. */
export interface Connecting {
  readonly user: string;
  readonly groups: readonly string[];
  /** There is a key in ~/.ssh/authorized_keys. */
  readonly hasKey: boolean;
}

const connectingKind: Kind<Connecting> = {
  name: 'connecting',
  script: () => sh`u=\${SUDO_USER:-\${LOGNAME:-\${USER:-}}}; if [ -z "$u" ]; then u=$(id -un); fi
l=$(getent passwd "$u") || l=''
h=\${l%:*}; h=\${h##*:}
if grep -qs '^[^#]' "$h/.ssh/authorized_keys" "$h/.ssh/authorized_keys2"; then key=yes; else key=no; fi
put 0 "$u|$key|$(id -Gn -- "$u" 2>/dev/null || :)"`,
  parse(text = '') {
    const [user = '', key, groups = ''] = text.split('|');
    return { user, hasKey: key === 'yes', groups: groups.split(' ').filter(Boolean) };
  },
};

export const connecting = (): Reading<Connecting> => ({ kind: connectingKind, key: '' });

/** The configuration of the SSH server. */
export interface Server {
  /** What `sshd -T` says is in force when it is next loaded: values by keyword in lower case. */
  readonly effective: Readonly<Record<string, readonly string[]>>;
  /** Lines that set something, in the order in which sshd reads files: the first that sets a keyword wins. */
  readonly lines: readonly { readonly file: string; readonly keyword: string; readonly value: string }[];
  /** The unit that runs it. */
  readonly unit: 'ssh.service' | 'sshd.service' | undefined;
  /** systemd listens for it, so that ports are not its own to say. */
  readonly isSocket: boolean;
}

const serverKind: Kind<Server | undefined> = {
  name: 'sshServer',
  script: () => sh`sshd=$(command -v sshd || echo /usr/sbin/sshd)
[ -x "$sshd" ] || exit 0
unit=''; socket=no
if [ -d /run/systemd/system ]; then
  for u in ssh.service sshd.service; do
    if [ -e "/lib/systemd/system/$u" ] || [ -e "/usr/lib/systemd/system/$u" ] || [ -e "/etc/systemd/system/$u" ]; then unit=$u; break; fi
  done
  if systemctl is-active --quiet ssh.socket sshd.socket; then socket=yes; fi
fi
put 0 "$unit|$socket
$("$sshd" -T 2>/dev/null || :)
---
$(grep -sH '^[[:space:]]*[A-Za-z]' /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf || :)"`,
  parse(text) {
    if (text === undefined) return undefined;
    const [head = '', ...rest] = text.split('\n');
    const [unit, socket] = head.split('|');
    const at = rest.indexOf('---');
    const effective: Record<string, string[]> = {};
    for (const line of rest.slice(0, at)) {
      const [key = '', ...value] = line.split(' ');
      (effective[key] ??= []).push(value.join(' '));
    }
    const lines = rest.slice(at + 1).flatMap((line) => {
      const [, file, keyword, value] = /^([^:]+):\s*([A-Za-z0-9]+)[\s=]+(.*)$/.exec(line) ?? [];
      return file && keyword ? [{ file, keyword: keyword.toLowerCase(), value: (value ?? '').replace(/\s+#.*$/, '').replaceAll('"', '').trim() }] : [];
    });
    return { effective, lines, unit: unit === 'ssh.service' || unit === 'sshd.service' ? unit : undefined, isSocket: socket === 'yes' };
  },
};

/** undefined where there is no sshd. */
export const server = (): Reading<Server | undefined> => ({ kind: serverKind, key: '' });
