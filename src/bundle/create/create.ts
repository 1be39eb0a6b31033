import { constants, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import { bundleError, wrong } from '../fail.ts';
import { type Inspected, inspectFile } from '../inspect/file.ts';
import { architectureOf, ownArchitecture } from '../machine.ts';
import { type BundleRecord, recordName } from '../record.ts';
import { layoutOf } from './layout.ts';
import { missingImages, neededImages } from './needs.ts';
import { isPackedPrograms, unpackPrograms } from './unpack.ts';
import { versionsOf } from './versions.ts';

export interface CreateOptions {
  /** A folder laid out as a bundle. */
  readonly from: string;
  /** Where the bundle is made. Default: in place. */
  readonly to?: string | undefined;
  /** Versions that files cannot tell. */
  readonly set?: Readonly<Record<string, string>>;
  /** In the words of Go. Default: that of the programs. */
  readonly architecture?: string | undefined;
  /** Where relative paths start. Default: the working folder. */
  readonly cwd?: string;
  /** Told as it goes on. */
  note?(text: string): void;
}

export interface Created {
  readonly dir: string;
  readonly record: BundleRecord;
  /** Images that its kubeadm needs and that are not in it. */
  readonly missing: readonly string[];
}

/** Makes a bundle of files that are laid out already: reads each, and writes bundle.yaml. @throws PlinthError (`bundle`) naming everything that is wrong. */
export async function createBundle({ from, to = from, set = {}, architecture, cwd = process.cwd(), note = () => undefined }: CreateOptions): Promise<Created> {
  const source = resolve(cwd, from);
  const dir = resolve(cwd, to);
  const name = relative(cwd, dir) || '.';
  const { files: laidOut, strangers } = layoutOf(source, from);
  if (strangers.length > 0) note(`left out: ${strangers.join(', ')}`);
  if (source !== dir) copy(source, dir, laidOut);

  const packed = laidOut.filter(isPackedPrograms);
  const unpacked: string[] = [];
  for (const path of packed) {
    note(`unpacking ${path}`);
    unpacked.push(...(await unpackPrograms(dir, name, path)));
  }
  const paths = [...new Set([...laidOut.filter((path) => !packed.includes(path)), ...unpacked])].sort();
  const machine = architecture ?? paths.filter((path) => path.startsWith('bin/')).map((path) => architectureOf(join(dir, path))).find((found) => found !== undefined && found !== 'any');
  const files: Inspected[] = [];
  for (const path of paths) {
    note(path);
    files.push(await inspectFile(dir, name, path, machine ?? ownArchitecture()));
  }

  const chosen = machine ?? files.find((file) => file.architecture !== undefined && file.architecture !== 'any')?.architecture ?? 'any';
  const { versions, problems: contradictions } = versionsOf(files, set, name);
  const problems = [...files.flatMap(({ problem }) => problem ?? []), ...foreignFiles(files, chosen, name), ...contradictions];
  if (problems.length > 0) throw new PlinthError(problems);

  const needs = await neededImages(dir, paths, versions.kubernetes);
  const record: BundleRecord = { architecture: chosen, versions, needs: [...needs], files: Object.fromEntries(files.map((file) => [file.path, file.record])) };
  writeRecord(dir, name, record);
  return { dir, record, missing: missingImages(needs, files.flatMap((file) => Object.keys(file.record.images ?? {}))) };
}

function foreignFiles(files: readonly Inspected[], chosen: string, name: string): Diagnostic[] {
  return files.flatMap(({ path, architecture }) =>
    architecture === undefined || architecture === 'any' || architecture === chosen || chosen === 'any'
      ? []
      : [wrong(`${join(name, path)} is for ${architecture}, and the bundle is for ${chosen}`, { hint: `A bundle is for one architecture. Get this file for ${chosen}, take it out, or say --arch ${architecture}.` })],
  );
}

function copy(from: string, to: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
  }
}

function writeRecord(dir: string, name: string, record: BundleRecord): void {
  const file = join(dir, recordName);
  const text = `# Written by \`plinth bundle create\`. What each file is, by its sha256: \`plinth bundle verify\` looks whether it still is.\n${stringify(record, { lineWidth: 0 })}`;
  try {
    writeFileSync(`${file}.plinth`, text);
    renameSync(`${file}.plinth`, file);
  } catch (error) {
    throw bundleError(`${join(name, recordName)} cannot be written`, { detail: error instanceof Error ? error.message : String(error), hint: 'Have the bundle made in another folder: --to DIR' });
  }
}
