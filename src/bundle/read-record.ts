import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { PlinthError } from '../contract/diagnostic.ts';
import type { Located } from '../contract/located.ts';
import { bundleError, wrong } from './fail.ts';
import { type BundleRecord, bundleRecord, recordName } from './record.ts';

/** What bundle.yaml says, and where it says it. */
export interface LocatedRecord {
  readonly record: BundleRecord;
  /** The line of a key, or of the nearest one around it. */
  at(...path: readonly string[]): Located;
}

/** @throws PlinthError (`bundle`) where there is no bundle, or its file makes no sense: with the line. */
export function readRecord(dir: string, name: string): LocatedRecord {
  const shown = join(name, recordName);
  const lines = new LineCounter();
  const doc = parseDocument(textOf(dir, name), { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const place = (offset: number): Located => ({ file: shown, ...lines.linePos(offset) });
  const [broken] = doc.errors;
  if (broken) throw bundleError(`this is no YAML: ${broken.message}`, { at: [place(broken.pos[0])], hint: remake(name) });
  const at = (...path: readonly PropertyKey[]): Located => {
    for (let length = path.length; length > 0; length--) {
      const around: unknown = length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1), true);
      const pair = isMap(around) ? around.items.find(({ key }) => isNode(key) && String(key) === String(path[length - 1])) : undefined;
      if (pair && isNode(pair.key) && pair.key.range) return place(pair.key.range[0]);
    }
    return place(0);
  };
  const parsed = bundleRecord.safeParse(doc.toJS() ?? {});
  if (parsed.success) return { record: parsed.data, at };
  throw new PlinthError(parsed.error.issues.flatMap(told).map(({ path, what }) => wrong(path.length > 0 ? `${path.join('.')}: ${what}` : what, { at: [at(...path)], hint: remake(name) })));
}

/** Unknown keys and bad ones are told where they stand. */
function told(issue: z.core.$ZodIssue): { readonly path: readonly PropertyKey[]; readonly what: string }[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...issue.path, key], what: 'unknown key' }));
  return [{ path: issue.path, what: issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message }];
}

function textOf(dir: string, name: string): string {
  const file = join(dir, recordName);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw bundleError(`there is no folder ${name}`, { detail: 'a bundle was asked for', hint: 'Give the folder of a bundle, or make one: plinth bundle create --help' });
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw bundleError(`${name} is no bundle: it has no ${recordName}`, { hint: `Its files are laid out already? Then: plinth bundle create --from ${name}` });
  return readFileSync(file, 'utf8');
}

const remake = (name: string): string => `Have it written anew: plinth bundle create --from ${name}`;
