import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** One assignment in a file of kernel parameters. */
export interface SysctlSetting {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** With dots. */
  readonly key: string;
  readonly value: string;
}

/** By falling precedence: a file hides those of the same name in later folders. */
const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];

// The names are told apart from the content, since a file without any assignment hides others as well.
const kind: Kind<readonly SysctlSetting[] | undefined> = {
  name: 'sysctlFiles',
  script: () => sh`set --
for f in /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf /etc/sysctl.conf; do
  if [ -e "$f" ]; then set -- "$@" "$f"; fi
done
[ $# -gt 0 ] || exit 0
nl='
'
o=''
for f do o="$o$f$nl"; done
put 0 "$o$nl$(grep -HnE '^[[:space:]]*-?[A-Za-z].*=' -- "$@" /dev/null || :)"`,
  parse(text) {
    if (text === undefined) return undefined;
    const [names = '', content = ''] = text.split('\n\n');
    const order = effective(names.split('\n').filter(Boolean));
    const settings = content.split('\n').flatMap((line) => {
      const [, file, number, key, value] = /^(.*?):(\d+):\s*-?\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return file && number && key && value !== undefined ? [{ file, line: Number(number), key: dotted(key), value: value.replaceAll(/\s+/g, ' ') }] : [];
    });
    return order.flatMap((file) => settings.filter((setting) => setting.file === file));
  },
};

/** The files that count, in the order in which they are applied: by name whatever their folder, /etc/sysctl.conf last. */
function effective(files: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const folder of folders) {
    for (const file of files) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (file === `${folder}/${name}` && !byName.has(name)) byName.set(name, file);
    }
  }
  const sorted = [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  return files.includes('/etc/sysctl.conf') ? [...sorted, '/etc/sysctl.conf'] : sorted;
}

/** `net/ipv4/conf/eth0.100/forwarding` is `net.ipv4.conf.eth0/100.forwarding`: where a slash comes first, both swap. */
function dotted(key: string): string {
  const separator = /[./]/.exec(key)?.[0];
  return separator === '/' ? key.replaceAll(/[./]/g, (one) => (one === '/' ? '.' : '/')) : key;
}

/**
 * Every assignment in the files of kernel parameters, in the order in which they take effect at boot: the last one of a key
 * wins. As sysctl.d(5) has it, and /etc/sysctl.conf last, where `sysctl --system` reads it.
 * undefined where there is no such file.
 */
export const sysctlFiles = (): Reading<readonly SysctlSetting[] | undefined> => ({ kind, key: '' });
