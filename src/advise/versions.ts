import type { Node } from './node.ts';
import type { Wishes } from './wishes.ts';

/** Compares number by number: `1.9` is before `1.18`. */
export function isAtLeast(version: string | readonly number[], wanted: string): boolean {
  const numbers = typeof version === 'string' ? version.split('.').map(Number) : version;
  for (const [i, number] of wanted.split('.').map(Number).entries()) {
    const difference = (numbers[i] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

export const hasKernel = ({ facts }: Node, wanted: string): boolean => isAtLeast(facts.kernel.version, wanted);
export const hasCilium = ({ cilium }: Wishes, wanted: string): boolean => isAtLeast(cilium, wanted);
export const kernelOf = ({ facts }: Node): string => `kernel ${facts.kernel.release}`;

/** The oldest kernel that a version of Cilium runs on (its documentation, system requirements of each version). */
export const baseKernel = (wishes: Wishes): string => (hasCilium(wishes, '1.18') ? '5.10' : hasCilium(wishes, '1.16') ? '5.4' : '4.19.57');

/** RHEL 8 calls its kernel 4.18 and carries what Cilium needs: tested from 8.6, since Cilium 1.19 from 8.10. */
export function isTestedRhel8({ facts: { os, kernel } }: Node, wishes: Wishes): boolean {
  const isRhel8 = (os.id === 'rhel' || os.like.includes('rhel')) && /\.el8/.test(kernel.release);
  return isRhel8 && isAtLeast(os.version, hasCilium(wishes, '1.19') ? '8.10' : '8.6');
}
