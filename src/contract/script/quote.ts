/** Characters no POSIX shell gives a meaning to, in any position of a word. */
const plain = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * One word for a POSIX shell: dash, busybox ash and bash read it alike, whatever it holds.
 * zx's quoting emits $'...', which dash takes literally; hence our own.
 * @throws TypeError for NUL (no shell word can hold it) and for lone surrogates (they are not text): send those by `upload`.
 */
export function quote(word: string): string {
  if (word.includes('\0')) throw new TypeError('a shell word cannot hold a NUL byte: send such content with upload()');
  if (!word.isWellFormed()) throw new TypeError('a shell word must be well-formed Unicode: send other bytes with upload()');
  if (plain.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
