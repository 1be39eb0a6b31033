/** A kernel in /boot that is newer than the running one and of its kind (amd64 or cloud, v8 or 2712); undefined where there is none. */
export function newestKernel(running: string, boot: readonly string[]): string | undefined {
  const installed = boot.flatMap((name) => /^(?:vmlinuz|vmlinux|kernel)-(\d+\.\d.*)$/.exec(name)?.[1] ?? []);
  const [newest] = installed.filter((release) => kindOf(release) === kindOf(running) && compare(release, running) > 0).sort((a, b) => compare(b, a));
  return newest;
}

/**
 * A release without its numbers and its distribution's: 6.1.0-18-amd64, 6.1.0-21-amd64 and 6.12.41+deb13-amd64 are of one
 * kind, 6.1.0-18-cloud-amd64 is of another. Numbers that name a processor, as in v8, stay.
 */
function kindOf(release: string): string {
  const plain = release.replaceAll(/[+.~](?:deb|bpo)\d*(?:[.+u]\d+)*/g, '').replaceAll(/\b(fc|el)\d+(?:_\d+)?/g, '$1');
  const numberless = plain.replace(/^[\d.]+/, '#').replaceAll(/(?<=[-.~+])\d+(?=[-.~+]|$)/g, '#');
  return numberless.replaceAll(/(?:#[.-]?)+/g, '#');
}

function compare(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbersOf = (release: string): number[] => release.match(/\d+/g)?.map(Number) ?? [];
