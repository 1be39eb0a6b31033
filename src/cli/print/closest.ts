/** The known word that a misspelt one most likely stands for; undefined where none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known.map((name) => ({ name, off: name.startsWith(word) && word.length > 1 ? 1 : distance(word.toLowerCase(), name.toLowerCase()) })).toSorted((a, b) => a.off - b.off);
  return best && best.off <= Math.max(1, Math.floor(word.length / 3)) ? best.name : undefined;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
