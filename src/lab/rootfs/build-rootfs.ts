import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Apt } from '../apt/read-apt.ts';
import { showSources } from '../apt/debian-sources.ts';
import { labError } from '../fail.ts';
import { lastLines } from '../run.ts';
import { cacheDir } from './cache-dir.ts';
import { basePackages, customize, recipeVersion } from './recipe.ts';

export interface RootfsOptions {
  readonly suite: string;
  readonly apt: Apt;
  /** Beyond the base packages. */
  readonly packages: readonly string[];
  readonly note: (message: string) => void;
  /** What stands before a command so that it carries the lab's mark and ends with the lab. */
  readonly enter: readonly string[];
}

/**
 * The image all nodes of this kind stand on, from the cache or built now (half a minute, 300 MB). Two builders of one
 * image wait for each other; an interrupted build leaves nothing that a later one would take for an image.
 */
export async function buildRootfs({ suite, apt, packages, note, enter }: RootfsOptions): Promise<string> {
  const sources = showSources(apt.sources(suite));
  const include = [...new Set([...basePackages, ...packages])].toSorted();
  const key = createHash('sha256').update(JSON.stringify([recipeVersion, customize, suite, arch(), include, sources])).digest('hex').slice(0, 12);
  const dir = cacheDir();
  const root = join(dir, `${suite}-${key}`);
  if (existsSync(root)) {
    await utimes(root, new Date(), new Date());
    return root;
  }
  await mkdir(dir, { recursive: true, mode: 0o755 });
  const sourcesFile = join(dir, `${suite}-${key}.${randomUUID()}.sources`);
  await writeFile(sourcesFile, sources);
  note(`building the ${suite} image of the nodes (once, about half a minute)`);
  const options = [
    '--mode=root',
    '--variant=minbase',
    `--include=${include.join(',')}`,
    // The lists stay, so that the first install on a node need not fetch them again.
    '--skip=cleanup/apt/lists,cleanup/apt/cache',
    ...apt.conf.map((line) => `--aptopt=${line}`),
    ...Object.entries(apt.proxies).map(([scheme, url]) => `--aptopt=Acquire::${scheme}::Proxy "${url}"`),
    `--customize-hook=${customize}`,
    suite,
  ];
  const { $ } = await import('zx');
  const building = $({ quiet: true, nothrow: true, env: { ...process.env, LC_ALL: 'C' } })`${enter} flock ${`${root}.lock`} unshare --mount --propagation private sh -c ${build} plinth-lab-build ${root} ${sourcesFile} ${options}`;
  for await (const line of lines(building.stderr)) if (line.startsWith('E: ')) note(line);
  const { exitCode, stderr } = await building;
  await rm(sourcesFile, { force: true });
  if (exitCode !== 0) {
    throw labError(`cannot build the ${suite} image of the nodes`, {
      detail: lastLines(stderr, 12),
      hint: `mmdebstrap reads the machine's own Debian source: see whether "apt-get update" works here, and whether it has ${suite}.`,
    });
  }
  return root;
}

const lines = (input: Readable) => createInterface({ input });

// $1 the image, $2 its sources, then mmdebstrap's options. Renamed into place last: a half image never has the name.
const build = `set -eu
root=$1 sources=$2; shift 2
[ -d "$root" ] && exit 0
rm -rf --one-file-system "$root".part*
part=$root.part$$
trap 'rm -rf --one-file-system "$part"' EXIT
mmdebstrap --quiet "$@" "$part" "$sources" >&2
rm -f "$part"/var/cache/apt/archives/*.deb "$part"/var/cache/apt/*.bin
mv "$part" "$root"
`;
