import type { YAMLParseError } from 'yaml';
import type { Diagnostic, Located } from '../../contract/index.ts';

/** What the parser's codes mean to someone who writes inventories. */
const meanings: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  TAB_AS_INDENT: ['a tab stands where YAML wants spaces', 'indent with spaces; most editors have a command that converts tabs'],
  BAD_INDENT: ['the indentation does not fit the lines above', 'keys of one map begin in the same column'],
  MULTIPLE_DOCS: ['there is a second document after `---`', 'an inventory is one document; give several files with -i a.yaml -i b.yaml'],
  BLOCK_AS_IMPLICIT_KEY: ['a second `: ` stands on the same line', 'quote a value that holds a colon and a space'],
  MULTILINE_IMPLICIT_KEY: ['a key goes over several lines', 'is a colon missing, or the indentation wrong on the line above?'],
  MISSING_CHAR: ['a quote or bracket is never closed', 'look further up for the one that opens it'],
  BAD_SCALAR_START: ['a plain value cannot begin with this character', 'quote the value'],
};

/** The first complaint of the YAML parser, in words, with the line it is about. */
export function syntaxDiagnostic(error: YAMLParseError, at: Located, text: string): Diagnostic {
  const unclosed = /must be sufficiently indented and end with a (.)/.exec(error.message)?.[1];
  const [what, hint] = unclosed ? [`a ${unclosed} is missing before this line`, 'close the list or map in brackets above'] : meanings[error.code] ?? [lowerFirst(error.message), 'an unclosed quote or bracket further up is the usual reason'];
  const line = text.split('\n')[at.line - 1]?.trimEnd();
  if (/^\s*\[[\w:.-]+\]\s*$/m.test(text)) return { cause: 'inventory', summary: 'this is not YAML; it looks like an Ansible inventory in INI form', at: [at], hint: 'write it as YAML: `groups: { workers: { hosts: [node1, node2] } }`' };
  return { cause: 'inventory', summary: `not valid YAML: ${what}`, at: [at], ...(line ? { detail: line.replaceAll('\t', '⇥') } : {}), hint };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
