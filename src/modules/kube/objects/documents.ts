import { parseAllDocuments } from 'yaml';
import { shown, refOf, type Wanted, wantedOf } from './manifest.ts';

/**
 * The objects of a text of YAML documents.
 * @throws Error with the document that is no object, and why.
 */
export function objectsIn(text: string): readonly Wanted[] {
  const documents = parseAllDocuments(text, { logLevel: 'error', merge: true });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, at) => {
    const [broken] = document.errors;
    if (broken) throw new Error(`document ${at + 1} is no YAML: ${broken.message.split('\n')[0]}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    try {
      return wantedOf(value);
    } catch (error) {
      throw new Error(`document ${at + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
}

/** An object that is named twice: which of both would it be? */
export function repeated(objects: readonly Wanted[]): string | undefined {
  const seen = new Set<string>();
  for (const object of objects) {
    const key = `${object.apiVersion} ${shown(refOf(object))}`;
    if (seen.has(key)) return shown(refOf(object));
    seen.add(key);
  }
  return undefined;
}
