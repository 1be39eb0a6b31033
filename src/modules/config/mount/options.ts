/** Options that the kernel shows as they were given; where one is not shown, its opposite holds. */
const opposites = new Map([
  ['ro', 'rw'],
  ['nosuid', 'suid'],
  ['nodev', 'dev'],
  ['noexec', 'exec'],
  ['noatime', 'atime'],
  ['nodiratime', 'diratime'],
]);

const units = new Map([['k', 1], ['m', 1024], ['g', 1024 * 1024], ['t', 1024 ** 3]]);

/**
 * What differs between options as they are wanted and as the kernel tells them, `ro instead of rw`. Options that the kernel
 * does not tell of (nofail, x-systemd.*, user) cannot differ.
 */
export function differing(wanted: readonly string[], live: readonly string[]): { readonly found: readonly string[]; readonly should: readonly string[] } {
  const found: string[] = [];
  const should: string[] = [];
  for (const [restricts, allows] of opposites) {
    const isWanted = wanted.findLast((one) => one === restricts || one === allows) === restricts;
    if (isWanted === live.includes(restricts)) continue;
    found.push(isWanted ? allows : restricts);
    should.push(isWanted ? restricts : allows);
  }
  for (const option of wanted) {
    const [key = '', value] = pair(option);
    const shown = live.map(pair).find(([name, other]) => name === key && other !== undefined)?.[1];
    if (value === undefined || shown === undefined || sameSize(value, shown) || /^(uid|gid|x-)/.test(key)) continue;
    found.push(`${key}=${shown}`);
    should.push(option);
  }
  return { found, should };
}

const pair = (option: string): [string, string | undefined] => {
  const at = option.indexOf('=');
  return at < 0 ? [option, undefined] : [option.slice(0, at), option.slice(at + 1)];
};

/** `64M` and `65536k`, `0700` and `700`. A share of the memory cannot be compared. */
function sameSize(a: string, b: string): boolean {
  if (a === b || a.endsWith('%')) return true;
  const [x, y] = [kibibytes(a), kibibytes(b)];
  return x !== undefined && x === y;
}

function kibibytes(text: string): number | undefined {
  const [, digits, unit = ''] = /^0*(\d+)([kmgt]?)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (units.get(unit.toLowerCase()) ?? 1 / 1024);
}
