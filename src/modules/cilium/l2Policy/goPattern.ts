/** Why JavaScript and Go would not understand an expression in the same way; undefined where they do. Source: github.com/google/re2, Syntax. */
export function unlikeGo(text: string): string | undefined {
  const bare = text.replaceAll(/\\[^1-9kQzA]/g, '').replaceAll(/\[[^\]]*\]/g, '');
  if (/\(\?<?[=!]/.test(bare)) return 'Go knows no look-ahead and no look-behind';
  if (/\\([1-9]|k<)/.test(bare)) return 'Go knows no back-references';
  if (/[*+?}]\+/.test(bare)) return 'Go knows no possessive repetition';
  try {
    translated(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /, '') : String(error);
  }
}

/** A test of names by an expression of Go: it meets anywhere, as Go's MatchString does. */
export function compile(text: string): (name: string) => boolean {
  const pattern = translated(text);
  return (name) => pattern.test(name);
}

/** What Go writes otherwise: `(?P<name>`, `\z`, `\A`, flags in front, classes such as `[[:digit:]]`. */
function translated(text: string): RegExp {
  const [, flags = '', rest = ''] = /^(?:\(\?([imsU]+)\))?([^]*)$/.exec(text) ?? [];
  const body = rest
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^')
    .replaceAll(/\[:(\^?)(\w+):\]/g, (whole: string, not: string, name: string) => (not === '' ? (classes[name] ?? whole) : whole));
  return new RegExp(body, flags.replaceAll('U', ''));
}

const classes: Readonly<Record<string, string>> = { alnum: '0-9A-Za-z', alpha: 'A-Za-z', digit: '0-9', lower: 'a-z', upper: 'A-Z', word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f', space: '\\s' };
