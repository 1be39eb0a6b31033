import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Located } from '../contract/located.ts';

/** From a position in a compiled file to the one a person wrote. Line and column count from 1. */
export type PositionMap = (line: number, col: number) => Located | undefined;

const maps = new Map<string, PositionMap>();

/** The playbook loader tells here how positions of a file it compiled lead back to its source. */
export const registerPositions = (file: string, map: PositionMap): void => {
  maps.set(file, map);
};

/** Where the function that called `below` stands in the user's own file. */
export function callSite(below: (...args: never[]) => unknown): Located {
  const prepare = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.prepareStackTrace = (_error, frames) => frames;
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, below);
  const frames = holder.stack;
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  const frame = Array.isArray(frames) ? (frames[0] as NodeJS.CallSite | undefined) : undefined;
  const name = frame?.getFileName() ?? '<unknown>';
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  const line = frame?.getLineNumber() ?? 0;
  const col = frame?.getColumnNumber() ?? 0;
  return maps.get(file)?.(line, col) ?? { file: shorten(file), line, col };
}

/** Relative to where the command runs, unless that leads upwards. */
export function shorten(file: string): string {
  const short = relative(process.cwd(), file);
  return short === '' || short.startsWith('..') ? file : short;
}
