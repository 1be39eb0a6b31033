import { type Kind, type Reading, sh } from '../../../contract/index.ts';

/** A kubeconfig of the user who runs the task. */
export interface Here {
  readonly path: string;
  readonly user: string;
  readonly group: string;
  /** Undefined where there is no file. */
  readonly text?: string;
  /** Octal digits. */
  readonly mode?: string;
  /** The folder that the file is in is there. */
  readonly hasFolder: boolean;
}

const kind: Kind<Here> = {
  name: 'kubeconfig',
  script: (paths) =>
    sh.lines(
      paths.map((path, index) => sh`path=${path}
[ -n "$path" ] || path=\${HOME:-/root}/.kube/config
folder=no; [ ! -d "\${path%/*}/" ] || folder=yes
if [ -f "$path" ]; then put ${index} "$path
$(id -un) $(id -gn) $folder $(stat -L -c %a -- "$path")
$(cat -- "$path"; printf .)"
else put ${index} "$path
$(id -un) $(id -gn) $folder"
fi`),
    ),
  parse(said = '') {
    const [path = '', who = '', ...rest] = said.split('\n');
    const [user = '', group = '', folder, mode] = who.split(' ');
    return { path, user, group, hasFolder: folder === 'yes', ...(mode === undefined ? {} : { mode: mode.padStart(4, '0'), text: rest.join('\n').slice(0, -1) }) };
  },
};

export const here = (path: string | undefined): Reading<Here> => ({ kind, key: path ?? '' });
