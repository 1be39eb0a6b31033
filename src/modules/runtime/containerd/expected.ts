import { type Kind, type Reading, sh } from '../../../contract/index.ts';
import type { Installed } from './installed.ts';

// Asked only where there is none yet: apt-cache takes 50 ms and dnf a second.
const kind: Kind<Installed | undefined> = {
  name: 'containerd to come',
  script: () => sh`if command -v containerd >/dev/null; then exit 0; fi
v=''
if command -v apt-cache >/dev/null; then
  v=$(apt-cache policy -- containerd.io containerd 2>/dev/null | while read -r name is rest; do
    if [ "$name" = Candidate: ] && [ "$is" != '(none)' ]; then printf %s "$is"; break; fi
  done)
elif command -v dnf >/dev/null; then
  v=$(dnf -q repoquery --latest-limit=1 --qf '%{version}\n' -- containerd.io containerd 2>/dev/null | head -n 1) || :
fi
if [ -z "$v" ]; then
  . /etc/os-release 2>/dev/null || :
  case \${ID-} in debian|raspbian) if [ "\${VERSION_ID:-0}" -ge 13 ]; then v=1.7.24; else v=1.6.20; fi;; esac
fi
if [ -d /run/systemd/system ]; then init=systemd; else init=other; fi
put 0 "$v|$init"`,
  parse(text) {
    const [version = '', init] = (text ?? '').split('|');
    return ofVersion(version, init === 'systemd');
  },
};

/** The containerd that the node's repositories offer, where there is none yet; undefined where it is not known. */
export const expected = (): Reading<Installed | undefined> => ({ kind, key: '' });

/** What a containerd of some version will say of itself: containerd releases, docs/cri/config.md. An epoch or a distribution's revision does not count. */
export function ofVersion(text: string, isSystemd: boolean): Installed | undefined {
  const [, version = '', majorText, minorText] = /^(?:\d+:)?v?((\d+)\.(\d+)(?:\.\d+)?)/.exec(text) ?? [];
  if (majorText === undefined) return undefined;
  const [major, minor] = [Number(majorText), Number(minorText)];
  const configVersion = major < 2 ? 2 : major === 2 && minor < 3 ? 3 : 4;
  return { version, configVersion, cniKey: major > 2 || (major === 2 && minor >= 1) ? 'bin_dirs' : 'bin_dir', isSystemd };
}
