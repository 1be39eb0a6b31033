import { z } from 'zod';
import { change, defineModule, type Kind, read, type Reading, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

const kind: Kind<string | undefined> = {
  name: 'runc',
  script: (paths) => sh`i=0
for p in ${paths}; do
  if v=$("$p" --version 2>/dev/null | head -n 1); then set -- $v; if [ $# -ge 3 ]; then put "$i" "$3"; fi; fi
  i=$((i+1))
done`,
  parse: (text) => text,
};
const versionOf = (program: string): Reading<string | undefined> => ({ kind, key: program });

/** runc as new as it must be: what starts containers is the last that should have known holes. */
export const runc = defineModule({
  name: 'runc',
  summary: 'A runc that is new enough, from a package or from a file on the node.',

  args: z.strictObject({
    atLeast: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.2.8').optional().describe('The oldest version that will do, such as 1.2.8.'),
    from: absolutePath().optional().describe('A program on the node to be put in place, as an unpacked bundle has it. Left out: the package is used as it is.'),
    path: absolutePath().default('/usr/local/sbin/runc').describe('Where `from` is put: a folder that comes before /usr/sbin in the PATH of containerd.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes away what was put at `path`, so that the package is used again.'),
  }),

  observe: ({ from, path }) => ({ inUse: versionOf('runc'), found: read.sha256(path), ...(from === undefined ? {} : { source: read.sha256(from), sourceVersion: versionOf(from) }) }),

  *plan({ atLeast, from, path, state }, { inUse, found, source, sourceVersion }) {
    if (state === 'absent') {
      if (found !== undefined) yield change(path, `sha256 ${found}`, undefined, sh`rm -f -- ${path}`);
      return;
    }
    const version = from === undefined ? inUse : sourceVersion;
    if (from !== undefined && source === undefined) return yield refuse(`there is no ${from}`, 'nothing can be put in place', { hint: 'Bring it to the node in an earlier task.' });
    if (version === undefined) return yield refuse(from === undefined ? 'there is no runc on this node' : `${from} is no runc for this node`, 'it does not say its version', { hint: from === undefined ? 'Install the package runc (or containerd.io) in an earlier task.' : 'See that it is of the architecture of the node, and executable.', ...(from === undefined && { unless: { brought: ['package runc', 'package containerd', 'package containerd.io', 'program runc'], changes: [] } }) });
    if (atLeast !== undefined && isOlder(version, atLeast)) return yield refuse(`runc ${version} is too old`, `${atLeast} or newer is wanted`, { hint: 'Upgrade its package in an earlier task, or give a newer one by `from`.' });
    if (from !== undefined && found !== source) {
      yield change(path, found && `sha256 ${found}`, `sha256 ${source ?? ''}`, sh`cp -- ${from} ${`${path}.plinth`}
chmod 0755 -- ${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}`);
    }
  },

  output: (_, { inUse, sourceVersion }) => ({ version: sourceVersion ?? inUse }),
});

/** By the three numbers; what a distribution or a candidate appends does not count. */
function isOlder(version: string, than: string): boolean {
  const numbers = (text: string): number[] => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((one, i) => one !== b[i]);
  return a.length === 0 || (at >= 0 && (a[at] ?? 0) < (b[at] ?? 0));
}
