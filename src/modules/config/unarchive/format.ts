import { type Script, sh } from '../../../contract/index.ts';

export const formats = ['tar', 'tar.gz', 'tar.xz', 'tar.zst', 'tar.bz2', 'zip'] as const;
export type Format = (typeof formats)[number];

/** What an archive is, by the ending of its name; undefined where that does not tell. */
export function formatOf(path: string): Format | undefined {
  const name = path.toLowerCase().replace(/\.tgz$/, '.tar.gz').replace(/\.txz$/, '.tar.xz').replace(/\.tbz2?$/, '.tar.bz2').replace(/\.tzst$/, '.tar.zst');
  return formats.find((format) => name.endsWith(`.${format}`));
}

const programs = { 'tar': 'cat', 'tar.gz': 'gzip', 'tar.xz': 'xz', 'tar.zst': 'zstd', 'tar.bz2': 'bzip2', 'zip': 'unzip' } as const;

/** The program that the node must have for it, beside tar. */
export const programFor = (format: Format): string => programs[format];

/** Unpacks the archive `"$a"` into the directory `"$x"`. */
export const unpacking = (format: Format): Script => (format === 'zip' ? sh`unzip -q -o "$a" -d "$x" >&2` : format === 'tar' ? sh`tar -C "$x" -o -xf "$a"` : sh`${programs[format]} -dc <"$a" >"$x.tar"; tar -C "$x" -o -xf "$x.tar"; rm -f -- "$x.tar"`);

/** Packs the paths in `"$@"`, relative to `/`, into `"$n"`. */
export const packing = (format: Format): Script => (format === 'zip' ? sh`( cd / && zip -q -r - -- "$@" ) >"$n"` : format === 'tar' ? sh`tar -C / -cf "$n" -- "$@"` : sh`tar -C / -cf "$n.tar" -- "$@"; ${programs[format]} -c <"$n.tar" >"$n"; rm -f -- "$n.tar"`);
