/** `0-3,8` as numbers. */
export const cpusOf = (list: string): number[] =>
  list
    .split(',')
    .filter(Boolean)
    .flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    });

/** A mask as the kernel writes it: hexadecimal, a comma between groups of 32 bits. */
export function maskOf(cpus: readonly number[]): string {
  const bits = cpus.reduce((mask, cpu) => mask | (1n << BigInt(cpu)), 0n);
  const digits = bits.toString(16);
  if (digits.length <= 8) return digits;
  const padded = digits.padStart(Math.ceil(digits.length / 8) * 8, '0');
  return (padded.match(/.{8}/g) ?? []).join(',').replace(/^0+(?=[0-9a-f])/, '');
}

/** Masks differ in their leading zeros and commas from kernel to kernel. */
export const sameMask = (a: string, b: string): boolean => bare(a) === bare(b);
const bare = (mask: string): string => mask.replaceAll(',', '').replace(/^0+(?=.)/, '');
