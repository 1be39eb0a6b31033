/** Where in a shell text a hole stands. */
export type Context = 'bare' | 'single' | 'double' | 'comment' | 'heredoc';

/**
 * Walks the literal parts of sh`...` and says in which quoting context each hole stands, so that a hole inside quotes
 * can be refused: a quoted word inside double quotes would keep its quote marks.
 * Knows '...', "...", \x, $(...) nested in "...", (...), comments and here-documents.
 */
export function contexts(parts: readonly string[]): Context[] {
  let quoting: "'" | '"' | '' = '';
  let comment = false;
  let heredoc: string | undefined;
  const nest: ("'" | '"' | '' | '(')[] = [];
  const found: Context[] = [];
  parts.forEach((part, index) => {
    let previous = index === 0 ? '\n' : 'x';
    for (let k = 0; k < part.length; k++) {
      const c = part.charAt(k);
      if (heredoc !== undefined) {
        const end = part.indexOf(`\n${heredoc}\n`, k - 1);
        if (end < 0) break;
        k = end + heredoc.length + 1;
        heredoc = undefined;
        continue;
      }
      if (comment) {
        if (c === '\n') comment = false;
        previous = c;
        continue;
      }
      if (quoting === "'") {
        if (c === "'") quoting = '';
      } else if (c === '\\') {
        k++;
      } else if (quoting === '"') {
        if (c === '"') quoting = '';
        else if (c === '$' && part.charAt(k + 1) === '(') {
          nest.push('"');
          quoting = '';
          k++;
        }
      } else if (c === "'" || c === '"') {
        quoting = c;
      } else if (c === '#' && /\s|;/.test(previous)) {
        comment = true;
      } else if (c === '$' && part.charAt(k + 1) === '(') {
        nest.push('');
        k++;
      } else if (c === '(') {
        nest.push('(');
      } else if (c === ')') {
        const back = nest.pop();
        if (back !== undefined && back !== '(') quoting = back;
      } else if (c === '<' && part.charAt(k + 1) === '<') {
        const word = /^<<-?\s*(['"]?)(\w+)\1[^\n]*\n/.exec(part.slice(k));
        if (word?.[2]) {
          heredoc = word[2];
          k += word[0].length - 1;
        }
      }
      previous = c;
    }
    if (index < parts.length - 1) found.push(heredoc !== undefined ? 'heredoc' : comment ? 'comment' : quoting === "'" ? 'single' : quoting === '"' ? 'double' : 'bare');
  });
  return found;
}
