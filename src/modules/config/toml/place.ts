import { showKeyPath, startsWith } from '../keyed/keyPath.ts';
import { indentAt } from '../keyed/splice.ts';
import { Unfit } from '../keyed/unfit.ts';
import type { Header, Pair, Statement } from './parse.ts';
import { renderKeys, renderToml, type TomlValue } from './render.ts';
import { wholeLines } from './scan.ts';

type Path = readonly (string | number)[];

/** Adds a key where it belongs: behind its siblings in their table, or in a table of its own. */
export function insertPair(text: string, statements: readonly Statement[], path: Path, wanted: TomlValue): string {
  const header = statements.filter((one): one is Header => one.kind === 'header' && one.path.length < path.length && startsWith(path, one.path)).toSorted((a, b) => b.path.length - a.path.length)[0];
  const table = header?.path ?? [];
  const list = statements.find((one) => {
    const at = common(one.path, path);
    return at < path.length && typeof one.path[at] === 'number' && !statements.some((other) => startsWith(other.path, path.slice(0, at + 1)));
  });
  if (list) {
    const at = showKeyPath(path.slice(0, common(list.path, path)));
    throw new Unfit(`${at} is a list of tables, so there is no ${showKeyPath(path)}`, 'its tables stand in double brackets', `Name one of the tables that are there, such as ${at}[0].`);
  }
  const { keys, value } = split(path, table, wanted);
  // A table that is made by dotted keys cannot get a header: its keys stay dotted, beside their siblings.
  const dotted = statements.findLast((one): one is Pair => one.kind === 'pair' && one.path.length - one.table.length > 1 && startsWith(path, one.table) && common(path, one.path) > Math.max(table.length, one.table.length));
  if (dotted) return addedBehind(text, dotted, `${renderKeys(keys.slice(dotted.table.length - table.length))} = ${renderToml(value)}`);
  if (keys.length === 1) {
    const line = `${renderKeys(keys)} = ${renderToml(value)}`;
    const sibling = statements.findLast((one): one is Pair => one.kind === 'pair' && samePath(one.table, table));
    const behind = sibling ?? header;
    return behind ? addedBehind(text, behind, line) : atTop(text, statements[0], line);
  }
  return withTable(text, statements, table, `[${renderKeys([...names(table), ...keys.slice(0, -1)])}]`, `${renderKeys(keys.slice(-1))} = ${renderToml(value)}`, path);
}

/** The keys from the table on; a list that does not exist yet is made by its first item. */
function split(path: Path, table: Path, value: TomlValue): { readonly keys: readonly string[]; readonly value: TomlValue } {
  const rest = path.slice(table.length);
  const at = rest.findIndex((key) => typeof key === 'number');
  const keys = (at < 0 ? rest : rest.slice(0, at)).filter((key) => typeof key === 'string');
  const places = at < 0 ? [] : rest.slice(at);
  if (keys.length === 0 || places.some((place) => place !== 0)) throw new Unfit(`${showKeyPath(path)} is beyond the end of its list`, 'there is no such item', 'A new list begins at [0]; or set the whole list.');
  return { keys, value: places.reduce<TomlValue>((inner) => [inner], value) };
}

const names = (path: Path): string[] => path.filter((key) => typeof key === 'string');
const samePath = (a: Path, b: Path): boolean => a.length === b.length && startsWith(a, b);
const common = (a: Path, b: Path): number => {
  const at = a.findIndex((one, index) => one !== b[index]);
  return at < 0 ? a.length : at;
};
const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** On a line of its own behind a statement, indented alike. */
function addedBehind(text: string, statement: Statement, line: string): string {
  const [, end] = wholeLines(text, statement);
  const indent = indentAt(text, statement.start);
  const eol = eolOf(text);
  const before = text.slice(0, end);
  return `${before}${before.endsWith('\n') ? '' : eol}${indent}${line}${eol}${text.slice(end)}`;
}

/** Before the first table, and before the comment that stands right above it. */
function atTop(text: string, first: Statement | undefined, line: string): string {
  const eol = eolOf(text);
  if (!first) return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${line}${eol}`;
  let at = text.lastIndexOf('\n', first.start - 1) + 1;
  for (let above = at; above > 0; at = above) {
    above = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, at))) break;
  }
  return `${text.slice(0, at)}${line}${eol}${eol}${text.slice(at)}`;
}

/** A new table goes behind the last one that shares most of its name, indented alike; else to the end. */
function withTable(text: string, statements: readonly Statement[], table: Path, header: string, line: string, path: Path): string {
  const eol = eolOf(text);
  const kin = statements.findLast((one) => startsWith(one.path, table.length > 0 ? table : path.slice(0, 1)) && (one.kind === 'header' || one.table.length > 0));
  const end = kin && kin !== statements.at(-1) ? wholeLines(text, kin)[1] : text.length;
  const before = text.slice(0, end);
  const gap = before === '' || /(^|\n)\r?\n$/.test(before) ? '' : before.endsWith('\n') ? eol : eol + eol;
  const indentOf = (one: Statement | undefined): string | undefined => (one ? indentAt(text, one.start) : undefined);
  const kinTable = kin?.kind === 'pair' ? kin.table : kin?.path;
  const indent = indentOf(statements.find((one) => one.kind === 'header' && kinTable !== undefined && samePath(one.path, kinTable))) ?? '';
  const inner = indentOf(kin?.kind === 'pair' ? kin : undefined) ?? indent;
  return `${before}${gap}${indent}${header}${eol}${inner}${line}${eol}${text.slice(end)}`;
}
