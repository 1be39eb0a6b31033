import { extname } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { isPlain } from '../check/plain.ts';

/** What a file holds, by its name and its content. */
export type Form = 'plinth' | 'ini' | 'yaml' | 'listing' | 'plugin';

const ownKeys = new Set(['$schema', 'vars', 'ssh', 'groups', 'hosts']);

/**
 * Tells Ansible's inventories from Plinth's own. A file called .yaml, .yml or .json is never INI, one called .ini always; of
 * another name it is where it has sections, or lines that are no YAML map. In doubt it is ours, whose messages help.
 */
export function formOf(path: string, text: string): Form {
  const isYaml = ['.yaml', '.yml', '.json'].includes(extname(path));
  if (extname(path) === '.ini' || (!isYaml && looksLikeIni(text))) return 'ini';
  const doc = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  const outline = doc.errors.length > 0 ? undefined : outlineOf(doc.contents, 3);
  return isPlain(outline) ? formOfValue(outline, extname(path) === '.json') : 'plinth';

  /** As deep as it takes to tell: whatever aliases multiply to further down is not followed. */
  function outlineOf(node: unknown, depth: number): unknown {
    if (isAlias(node)) return outlineOf(node.resolve(doc), depth - 1);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return [];
    if (!isMap(node)) return null;
    return Object.fromEntries(depth <= 0 ? [] : node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', outlineOf(value, depth - 1)]));
  }
}

function formOfValue(value: Record<string, unknown>, isJson: boolean): Form {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'plinth';
  if (isPlain(value['_meta'])) return 'listing';
  if (typeof value['plugin'] === 'string') return 'plugin';
  if (keys.some((key) => ownKeys.has(key) && (key !== 'hosts' || !('all' in value)))) return 'plinth';
  const groups = Object.values(value);
  const isListing = isJson && groups.some((group) => Array.isArray(group) || (isPlain(group) && [group['hosts'], group['children']].some(Array.isArray)));
  if (isListing && groups.every((group) => Array.isArray(group) || isPlain(group))) return 'listing';
  const isGroups = groups.every((group) => group === null || (isPlain(group) && Object.keys(group).every((key) => ['hosts', 'children', 'vars'].includes(key))));
  return 'all' in value || 'ungrouped' in value || (isGroups && groups.some(isPlain)) ? 'yaml' : 'plinth';
}

/** A section in brackets, or a first line that begins with a host rather than with a key. */
function looksLikeIni(text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith(';'));
  const [first = ''] = lines;
  if (lines.some((line) => /^\[[^\]\s]+\](\s*#.*)?$/.test(line))) return true;
  return first !== '' && !/^(---|%|[-{["'?&!])/.test(first) && !/^[^\s=]+:(\s|$)/.test(first) && /^[\w.[\]:-]+(\s+\w+=|\s*$)/.test(first);
}

/** Names that Ansible passes over in a folder of inventories, and those of our own that lie there. */
export const isPassedOver = (name: string): boolean => name.startsWith('.') || /(\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry|ts|mts|js|mjs|env)|~)$/.test(name) || /^(schema|package|package-lock|tsconfig)\.json$/.test(name);
export const isVarsFolder = (name: string): boolean => name === 'group_vars' || name === 'host_vars' || name === 'vars_plugins';
