import { z } from 'zod';
import { change, defineModule, type Kind, type Reading, refuse, type Script, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { bundle as bundleOf } from '../../args/bundle.ts';
import { foreign, machine } from '../programs/machine.ts';
import { observePrograms, planNoPrograms, planPrograms } from '../programs/planPrograms.ts';
import { noteOf } from '../programs/placedProgram.ts';

const kind: Kind<string | undefined> = {
  name: 'helmVersion',
  script: (paths) => sh`i=0
for p in ${paths}; do
  if [ -x "$p" ] && v=$("$p" version --short 2>/dev/null); then put "$i" "$v"; fi
  i=$((i+1))
done`,
  parse: (text) => /v\d+\.\d+\.\d+[^\s+]*/.exec(text ?? '')?.[0],
};
const helmVersion = (path: string): Reading<string | undefined> => ({ kind, key: path });

const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256: 64 digits in hex');

/** Helm on a control plane: from a bundle, or fetched by the node at a version whose archive has a digest that is known. */
export const helm = defineModule({
  name: 'helm',
  summary: 'The program helm, from a bundle or at a version by its digest.',

  args: z
    .strictObject({
      bundle: bundleOf().optional().describe('What openBundle gave. Left out: the node fetches it.'),
      version: z.string().regex(/^v\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/, 'must be a version such as v3.18.4').optional().describe('Without a bundle: the version.'),
      sha256: z.strictObject({ amd64: sha256().optional().describe('For amd64.'), arm64: sha256().optional().describe('For arm64.') }).prefault({}).describe("Of the archive, by architecture. Left out: what the address of the archive says with .sha256sum, which whoever holds that address could change."),
      url: z.string().regex(/^https?:\/\/\S+$/, 'must be an address such as https://get.helm.sh').default('https://get.helm.sh').describe('Where archives lie: helm-VERSION-linux-ARCHITECTURE.tar.gz.'),
      dir: absolutePath().default('/usr/local/bin').describe('Where it goes.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes away what was put in place.'),
    })
    .superRefine(({ bundle, version, state }, context) => {
      if (state === 'absent') return;
      if (!bundle && version === undefined) context.addIssue({ code: 'custom', path: ['version'], message: 'is missing' });
      if (bundle && !bundle.programs.some(({ path }) => path === 'helm')) context.addIssue({ code: 'custom', path: ['bundle'], message: `${bundle.name} has no bin/helm: put it there and run \`plinth bundle create --from ${bundle.name}\`` });
    }),

  observe: ({ bundle, dir }) => Object.assign({ machine: machine(), ...(bundle ? {} : { version: helmVersion(`${dir}/helm`) }) }, observePrograms([`${dir}/helm`])),

  *plan({ bundle, version = '', sha256: sums, url, dir, state }, { machine: node, version: found, ...observed }) {
    const to = `${dir}/helm`;
    if (state === 'absent') return yield* planNoPrograms([to], observed);
    if (bundle) {
      const stranger = foreign(bundle, node);
      if (stranger) return yield stranger;
      return yield* planPrograms(bundle.programs.flatMap((file) => (file.path === 'helm' ? [{ file, to }] : [])), observed);
    }
    if (found === version) return;
    if (node !== 'amd64' && node !== 'arm64') return yield refuse(`nothing is known of a helm for ${node ?? 'this node'}`, 'amd64 and arm64 are', { hint: 'Give it by a bundle.', final: true });
    yield change(to, found, version, fetching({ archive: `${url}/helm-${version}-linux-${node}.tar.gz`, member: `linux-${node}/helm`, sum: sums[node], to }), { timeout: 900_000 });
  },

  brings: ({ state }) => (state === 'absent' ? [] : ['program helm']),

  output: ({ bundle, version }) => ({ version: bundle?.versions.helm ?? version }),
});

interface Fetched {
  readonly archive: string;
  readonly member: string;
  readonly sum: string | undefined;
  readonly to: string;
}

const fetching = ({ archive, member, sum = '', to }: Fetched): Script => sh`t=${to}; want=${sum}
x=$(mktemp -d)
trap 'rm -rf -- "$x" "$t.plinth"' EXIT; trap 'exit 143' HUP INT TERM
if command -v curl >/dev/null 2>&1; then get() { curl -fsSL --retry 3 --connect-timeout 20 -o "$2" -- "$1"; }
elif command -v wget >/dev/null 2>&1; then get() { wget -q -O "$2" -- "$1"; }
else echo 'neither curl nor wget is on this node: install one in an earlier task' >&2; exit 1
fi
if [ -z "$want" ]; then get ${`${archive}.sha256sum`} "$x/sum"; read -r want rest <"$x/sum"; fi
get ${archive} "$x/helm.tar.gz"
sum=$(sha256sum <"$x/helm.tar.gz"); sum=\${sum%% *}
if [ "$sum" != "$want" ]; then printf 'what came from %s has the sha256 %s, and not %s\n' ${archive} "$sum" "$want" >&2; exit 1; fi
gzip -dc "$x/helm.tar.gz" | tar -xf - -C "$x" ${member}
mkdir -p -- "\${t%/*}"
cp -- "$x/"${member} "$t.plinth"
chmod 0755 -- "$t.plinth"
sum=$(sha256sum <"$t.plinth")
mkdir -p -- ${noteOf(to).replace(/\/[^/]*$/, '')}
echo "\${sum%% *}||$(stat -c '%i|%y' -- "$t.plinth")" >${noteOf(to)}
mv -f -- "$t.plinth" "$t"`;
