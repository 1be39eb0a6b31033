import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** The containerd that is installed, by what it says itself. */
export interface Installed {
  /** Without a leading v: `1.7.24`, or as the distribution writes it, `1.6.20~ds1`. */
  readonly version: string;
  /** Of its configuration file. */
  readonly configVersion: number;
  /** What it calls the folder of CNI plugins: a list since 2.1. */
  readonly cniKey: 'bin_dir' | 'bin_dirs';
  /** systemd runs the node, so cgroups are its to make. */
  readonly isSystemd: boolean;
}

const kind: Kind<Installed | undefined> = {
  name: 'containerd',
  script: () => sh`command -v containerd >/dev/null || exit 0
set -- $(containerd --version 2>/dev/null || :)
[ $# -ge 3 ] || exit 0
v=1; key=bin_dir
defaults=$(containerd config default 2>/dev/null) || :
while read -r name is value rest; do
  case $name in
    version) v=$value;;
    bin_dirs) key=bin_dirs;;
  esac
done <<EOF
$defaults
EOF
if [ -d /run/systemd/system ]; then init=systemd; else init=other; fi
put 0 "\${3#v}|$v|$key|$init"`,
  parse(text) {
    if (text === undefined) return undefined;
    const [version = '', config, key, init] = text.split('|');
    return { version, configVersion: Number(config), cniKey: key === 'bin_dirs' ? 'bin_dirs' : 'bin_dir', isSystemd: init === 'systemd' };
  },
};

/** undefined where there is no containerd. */
export const installed = (): Reading<Installed | undefined> => ({ kind, key: '' });
