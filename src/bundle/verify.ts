import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../contract/diagnostic.ts';
import { isPackedPrograms } from './create/unpack.ts';
import { layoutOf } from './create/layout.ts';
import { missingImages, neededImages } from './create/needs.ts';
import { wrong } from './fail.ts';
import { inspectFile } from './inspect/file.ts';
import { readRecord } from './read-record.ts';
import { recordName } from './record.ts';

export interface Verified {
  readonly name: string;
  readonly files: number;
  readonly problems: readonly Diagnostic[];
  /** Files that lie there and that bundle.yaml does not tell of. */
  readonly unknown: readonly string[];
}

/**
 * Reads every file again: is it what bundle.yaml says, and does it hold what it should? Images that kubeadm needs must be there,
 * unless none of Kubernetes is. @throws PlinthError (`bundle`) where there is no bundle.
 */
export async function verifyBundle(folder: string, { cwd = process.cwd(), note = () => undefined }: { readonly cwd?: string; note?(text: string): void } = {}): Promise<Verified> {
  const dir = resolve(cwd, folder);
  const name = relative(cwd, dir) || '.';
  const { record, at } = readRecord(dir, name);
  const problems: Diagnostic[] = [];
  for (const [path, told] of Object.entries(record.files)) {
    note(path);
    const where = { at: [at('files', path)] };
    const shown = join(name, path);
    if (!statSync(join(dir, path), { throwIfNoEntry: false })?.isFile()) {
      problems.push(wrong(`there is no file ${shown}`, { ...where, hint: 'Copy the bundle again, or take the file out of bundle.yaml too.' }));
      continue;
    }
    const { record: found, problem, architecture } = await inspectFile(dir, name, path, record.architecture);
    if (found.sha256 !== told.sha256) {
      problems.push(wrong(`${shown} is not what ${recordName} says`, { ...where, detail: [`its sha256 is ${found.sha256}`, `it should be   ${told.sha256}`, ...(problem?.detail === undefined ? [] : [problem.detail])].join('\n'), hint: `Copy it again. If it is meant to be this one: plinth bundle create --from ${name}` }));
    } else if (problem) problems.push({ ...problem, ...where });
    else if (architecture !== undefined && ![architecture, 'any'].includes(record.architecture) && architecture !== 'any') {
      problems.push(wrong(`${shown} is for ${architecture}, and the bundle is for ${record.architecture}`, { ...where, hint: `Get it for ${record.architecture}, or take it out.` }));
    }
  }
  const isWhole = !problems.some(({ summary }) => summary.includes('bin/kubeadm'));
  const needs = isWhole ? await neededImages(dir, Object.keys(record.files), record.versions.kubernetes) : record.needs;
  for (const image of missingImages(needs, Object.values(record.files).flatMap(({ images }) => Object.keys(images ?? {})))) {
    problems.push(wrong(`the image ${image} is not in ${name}`, { detail: `kubeadm ${record.versions.kubernetes ?? ''} needs it`, hint: `Put an archive with it into ${join(name, 'images')}, then: plinth bundle create --from ${name}` }));
  }
  const unknown = existsSync(dir) ? layoutOf(dir, name).files.filter((path) => !(path in record.files) && !isPackedPrograms(path)) : [];
  return { name, files: Object.keys(record.files).length, problems, unknown };
}
