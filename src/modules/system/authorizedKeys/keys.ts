/** A line of authorized_keys taken apart. */
export interface KeyLine {
  /** Algorithm and key: what makes two lines the same key. */
  readonly id: string;
  /** `from="10.0.0.0/8",no-pty`; empty where there are none. */
  readonly options: string;
  readonly line: string;
}

const algorithm = /(?:^|\s)((?:sk-)?(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp(?:256|384|521))(?:@openssh\.com)?)\s+([A-Za-z0-9+/]+={0,3})(?=\s|$)/;

/** undefined for comments, blank lines and what is no key. Options may hold spaces within quotes. */
export function parseKey(line: string): KeyLine | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const unquoted = line.replaceAll(/"(\\.|[^"\\])*"/g, (text) => '_'.repeat(text.length));
  const found = algorithm.exec(unquoted);
  return found ? { id: `${found[1]} ${found[2]}`, options: line.slice(0, found.index).trim(), line } : undefined;
}

/**
 * The text with these keys in it. A line that is there with options of its own stays as it is unless the wanted one brings
 * others; with `exclusive` the keys of nobody else stay.
 */
export function withKeys(text: string | undefined, wanted: readonly KeyLine[], exclusive: boolean): string {
  const lines = linesOf(text);
  const kept = lines.flatMap((line) => {
    const key = parseKey(line);
    if (!key) return [line];
    const wish = wanted.find(({ id }) => id === key.id);
    if (!wish) return exclusive ? [] : [line];
    return [wish.options === '' || wish.options === key.options ? line : wish.line];
  });
  const there = new Set(kept.map((line) => parseKey(line)?.id));
  return joined([...kept, ...wanted.filter(({ id }) => !there.has(id)).map(({ line }) => line)]);
}

export const withoutKeys = (text: string, unwanted: readonly KeyLine[]): string =>
  joined(
    linesOf(text).filter((line) => {
      const key = parseKey(line);
      return !key || !unwanted.some(({ id }) => id === key.id);
    }),
  );

export const countKeys = (text: string): number => linesOf(text).filter((line) => parseKey(line)).length;

const linesOf = (text = ''): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
