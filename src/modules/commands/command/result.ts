import type { Applied } from '../../../contract/index.ts';

/** What a command said. Texts are the last 64 KiB. */
export type CommandResult = Applied;

/** A code other than 0 that means success is told by the last line of the script's own standard error: a step that ends with it would count as failed. */
const note = /(?:^|\n)exit code (\d+) is taken as success\n?$/;

export function resultOf({ code, stdout, stderr }: Applied): CommandResult {
  const own = note.exec(stderr);
  if (!own) return { code, stdout, stderr };
  return { code: Number(own[1]), stdout, stderr: stderr.slice(0, own.index) };
}
