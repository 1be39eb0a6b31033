import type { z } from 'zod';
import { Secret, secret } from '../../contract/index.ts';
import { type Place, showPath, type Tree, treeAt } from '../source/tree.ts';
import { nearest } from '../../contract/nearest.ts';

type Issue = z.core.$ZodIssue;

/** A complaint of zod in words: what is wrong with the value at `path`, and what may help. */
export interface Said {
  readonly path: readonly PropertyKey[];
  /** An unknown key of the map at `path`. */
  readonly key?: string;
  /** The key at the end of `path` is what is wrong, not its value. */
  readonly atKey?: boolean;
  readonly what: string;
  readonly hint?: string;
}

/** One zod issue as one or several complaints; of a union, those of the branch that fits best. */
export function sayIssue(issue: Issue, tree: Tree): readonly Said[] {
  const path = issue.path;
  const found = treeAt(tree, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path, key, what: 'unknown key' }));
    case 'invalid_union': {
      const branch = bestBranch(issue.errors);
      if (branch) return branch.flatMap((inner) => sayIssue({ ...inner, path: [...path, ...inner.path] }, tree));
      if (issue.errors.length === 0) return [{ path, what: lowerFirst(issue.message) }];
      return [{ path, ...wrongType(issue.errors.flatMap((errors) => errors.map((one) => ('expected' in one ? String(one.expected) : 'another value'))), found) }];
    }
    case 'invalid_key':
      return [{ path, atKey: true, what: lowerFirst(issue.issues[0]?.message ?? issue.message) }];
    case 'invalid_type':
      if (!issue.message.startsWith('Invalid input: expected')) return [{ path, what: issue.message, ...hintOf(issue.message) }];
      return [{ path, ...wrongType([issue.expected], found) }];
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value));
      const given = found?.kind === 'leaf' && typeof found.value === 'string' ? nearest(found.value, issue.values.map(String)) : undefined;
      const what = `expected ${values.length === 1 ? '' : 'one of '}${values.join(', ')}, found ${showFound(found)}`;
      return [{ path, what, ...(given === undefined ? {} : { hint: `did you mean "${given}"?` }) }];
    }
    case 'custom':
      return [{ path, what: issue.message, ...(typeof issue.params?.hint === 'string' ? { hint: issue.params.hint } : hintOf(issue.message)) }];
    default: {
      const own = !/^(Invalid|Too) /.test(issue.message);
      return [{ path, what: own || found?.kind !== 'leaf' ? issue.message : `${lowerFirst(issue.message)}, found ${showFound(found)}` }];
    }
  }
}

/** Where a complaint points: the unknown key, the wrong value, or the nearest thing around what is missing. */
export function placeOf(said: Said, tree: Tree): Place {
  for (let length = said.path.length; length >= 0; length--) {
    const found = treeAt(tree, said.path.slice(0, length));
    if (!found) continue;
    if (length < said.path.length) return { ...found.at, path: showPath([found.at.path, ...said.path.slice(length)].filter((step) => step !== '')) };
    if (said.key !== undefined && found.kind === 'table') return found.entries.get(said.key)?.keyAt ?? found.at;
    if (said.atKey) {
      const around = treeAt(tree, said.path.slice(0, -1));
      if (around?.kind === 'table') return around.entries.get(String(said.path.at(-1)))?.keyAt ?? found.at;
    }
    return found.at;
  }
  return tree.at;
}

/** The branch of a union that was meant: one whose complaints lie deeper than the value itself. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter((branch) => branch.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input: expected')));
  return meant.length === 0 ? undefined : meant.reduce((best, branch) => (branch.length < best.length ? branch : best));
}

/** What `secret()` says of a plain value. */
const plainSecret = secret().safeParse('').error?.issues[0]?.message;
const hintOf = (message: string): { hint?: string } => (message === plainSecret ? { hint: secretHint } : {});

const secretHint = 'write !secret age:NAME (kept in secrets.age), !secret env:NAME or !secret dotenv:NAME instead of the value';

function wrongType(expected: readonly string[], found: Tree | undefined): { what: string; hint?: string } {
  const what = `expected ${[...new Set(expected.map((one) => names[one] ?? one))].join(' or ')}, found ${showFound(found)}`;
  const hint = typeHint(expected, found);
  return hint === undefined ? { what } : { what, hint };
}

const names: Readonly<Record<string, string>> = { string: 'text', int: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', record: 'a map', object: 'a map', null: 'null' };

function typeHint(expected: readonly string[], found: Tree | undefined): string | undefined {
  if (found?.kind !== 'leaf') return undefined;
  if (found.value instanceof Secret) return 'this is not a secret in the schema: give a plain value, or declare it with secret()';
  if (!isScalar(found.value)) return undefined;
  const text = found.text ?? String(found.value);
  if (found.value === null) return 'nothing stands after the colon; null and ~ mean the same';
  if (expected.includes('string') && typeof found.value !== 'string') return `quote it to make it text: "${text}"`;
  if (expected.includes('boolean') && /^(yes|no|on|off|y|n)$/i.test(text)) return 'YAML 1.2 has true and false only';
  if ((expected.includes('number') || expected.includes('int')) && typeof found.value === 'string' && /^[-+]?\d+(\.\d+)?$/.test(found.value)) return 'take the quotes away to make it a number';
  return undefined;
}

/** What was found, as it was written. */
function showFound(found: Tree | undefined): string {
  if (!found) return 'nothing';
  if (found.kind !== 'leaf') return found.kind === 'list' ? 'a list' : 'a map';
  const { value, text } = found;
  if (value instanceof Secret) return 'a secret';
  if (value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return text ?? String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const isScalar = (value: unknown): value is string | number | boolean | null => value === null || ['string', 'number', 'boolean'].includes(typeof value);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
