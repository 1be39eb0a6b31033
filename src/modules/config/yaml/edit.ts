import { type Document, isMap, parseAllDocuments, visit } from 'yaml';
import type { Edit } from '../keyed/edits.ts';
import { showKeyPath } from '../keyed/keyPath.ts';
import { Unfit } from '../keyed/unfit.ts';
import { sameValue, type Value } from '../keyed/value.ts';
import { expected } from './expected.ts';
import { ownValue } from './ownValue.ts';
import { habitOf, render } from './render.ts';
import { spliceYaml } from './splice.ts';

/**
 * A YAML text with keys set or taken away in one of its documents. The text is edited by spans, so that all else stays
 * byte for byte; what comes out is read again and held against what it should say. Where spans do not do (odd anchors,
 * explicit keys) the document is written anew with its comments, and held against the same.
 * @throws Unfit where the text is no YAML, a path does not fit, or leads through an alias.
 */
export const editYaml = (text: string, edits: readonly Edit[], document = 0): string => edits.reduce((edited, edit) => editOne(edited, edit, document), text);

function editOne(text: string, edit: Edit, index: number): string {
  const documents = documentsOf(text);
  const document = documents[index];
  if (!document && (index > 0 || documents.length > 0)) throw new Unfit(`there is no document ${index}`, `the file has ${documents.length}, counting from 0`);
  const before = document ? jsOf(document) : null;
  const wanted = expected(before, edit.path, edit.value);
  if (sameValue(before, wanted)) return text;
  const says = documents.map((one, at) => (at === index ? wanted : jsOf(one)));
  const holds = (edited: string | undefined): edited is string => edited !== undefined && saysThat(edited, document ? says : [wanted]);

  if (!document || before === null) {
    const made = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${render(wanted, habitOf(text))}\n`;
    if (holds(made)) return made;
  } else {
    const spliced = spliceYaml(text, document, edit, habitOf(text));
    if (holds(spliced)) return spliced;
    const rewritten = anew(text, index, edit);
    if (holds(rewritten)) return rewritten;
  }
  throw new Unfit(`${showKeyPath(edit.path)} cannot be changed by itself`, 'an anchor, an alias or an odd key is in its way', 'Write the whole file by the module template.');
}

function documentsOf(text: string): Document.Parsed[] {
  const found = parseAllDocuments(text, { keepSourceTokens: false, logLevel: 'silent' });
  const documents: Document.Parsed[] = Array.isArray(found) ? found : [];
  for (const { errors } of documents) {
    const [error] = errors;
    const [at] = error?.linePos ?? [];
    if (error) throw new Unfit('is not YAML', `${at ? `line ${at.line}, column ${at.col}: ` : ''}${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}`);
  }
  return documents;
}

const jsOf = (document: Document.Parsed): Value => ownValue(document.contents);

function saysThat(text: string, says: readonly Value[]): boolean {
  try {
    const documents = documentsOf(text);
    return documents.length === says.length && documents.every((one, at) => sameValue(jsOf(one), says[at]) && hasItsAnchors(one));
  } catch (error) {
    if (error instanceof Unfit) return false;
    throw error;
  }
}

/** The parser takes an alias without its anchor; whoever reads the values does not. */
function hasItsAnchors(document: Document.Parsed): boolean {
  let isWhole = true;
  visit(document, {
    Alias(_, node) {
      if (!node.resolve(document)) isWhole = false;
    },
  });
  return isWhole;
}

/** The document written by the library: comments stay, spaces may not. */
function anew(text: string, index: number, { path, value }: Edit): string | undefined {
  const documents = documentsOf(text);
  const document = documents[index];
  if (!document) return undefined;
  try {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value, { aliasDuplicateObjects: false }));
    if (isMap(document.contents) && document.contents.items.length === 0) document.contents.flow = true;
    return documents.map((one) => one.toString({ lineWidth: 0, ...habitOf(text) })).join('');
  } catch {
    // The library refuses what it has no place for.
    return undefined;
  }
}
