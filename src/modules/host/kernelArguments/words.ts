/** `name` or `name=value`. */
export const nameOf = (word: string): string => word.split('=')[0] ?? word;

export const wordsOf = (line: string): readonly string[] => line.split(/\s+/).filter(Boolean);

/**
 * What is there with the wanted arguments in place of others of their name, each once, and without the unwanted ones. An
 * unwanted one is a name, whatever its value, or a whole `name=value`.
 */
export function edited(line: string, wanted: readonly string[], unwanted: readonly string[]): string {
  const isGone = (word: string): boolean => unwanted.includes(word) || unwanted.includes(nameOf(word));
  const names = new Set(wanted.map(nameOf));
  const words = wordsOf(line).filter((word) => !isGone(word) && (!names.has(nameOf(word)) || wanted.includes(word)));
  const kept = [...words.filter((word, at) => !wanted.includes(word) || words.indexOf(word) === at)];
  return [...kept, ...wanted.filter((word) => !kept.includes(word))].join(' ');
}
