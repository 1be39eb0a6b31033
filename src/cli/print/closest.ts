import { distance } from '../../contract/nearest.ts';

/** The known word that a misspelt one most likely stands for; undefined where none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known.map((name) => ({ name, off: name.startsWith(word) && word.length > 1 ? 1 : distance(word.toLowerCase(), name.toLowerCase()) })).toSorted((a, b) => a.off - b.off);
  return best && best.off <= Math.max(1, Math.floor(word.length / 3)) ? best.name : undefined;
}
