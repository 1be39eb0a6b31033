import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '../contract/bundle.ts';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import type { LocalFile } from '../contract/local.ts';
import { fileSource } from '../dsl/file-source.ts';
import { bundleError, wrong } from './fail.ts';
import { architectureOf } from './machine.ts';
import { type LocatedRecord, readRecord } from './read-record.ts';
import type { FileRecord } from './record.ts';

/**
 * A bundle as its bundle.yaml tells of it: `openBundle(new URL('../bundle/', import.meta.url))`, or a path from the working
 * folder. Files are looked for and not read; each is compared with its digest when it is sent.
 * @throws PlinthError (`bundle`) with the line of bundle.yaml: no bundle, a file that is not there or has another size, a
 * program of another architecture.
 */
export function openBundle(folder: URL | string): Bundle {
  const dir = typeof folder === 'string' ? resolve(folder) : fileURLToPath(folder);
  const name = shownPath(dir);
  const located = readRecord(dir, name);
  const { architecture, versions, needs, files } = located.record;
  const problems = problemsOf(dir, name, located);
  if (problems.length > 0) throw new PlinthError(problems);

  const all = Object.entries(files).map(([path, record]) => ({ path, record, file: localFile(dir, name, path, record) }));
  const inFolder = (top: string) => all.filter(({ path }) => path.startsWith(`${top}/`));
  return {
    name,
    architecture,
    versions,
    needs,
    programs: inFolder('bin').map(({ path, file }) => ({ ...file, path: path.slice('bin/'.length) })),
    images: inFolder('images').map(({ file, record }) => ({ file, images: Object.entries(record.images ?? {}).map(([image, id]) => ({ name: image, id })) })),
    charts: inFolder('charts').flatMap(({ file, record: { chart } }) => (chart ? [{ ...chart, file }] : [])),
    manifests: inFolder('manifests').map(({ file }) => file),
    packages: inFolder('packages').flatMap(({ path, file, record }) => (record.package ? [{ ...record.package, format: path.endsWith('.deb') ? ('deb' as const) : ('rpm' as const), file }] : [])),
  };
}

/** From where the user stands, unless that leads far away. */
const shownPath = (dir: string): string => {
  const path = relative(process.cwd(), dir) || '.';
  return path.startsWith('../..') ? dir : path;
};

function problemsOf(dir: string, name: string, { record, at }: LocatedRecord): Diagnostic[] {
  return Object.entries(record.files).flatMap(([path, { size, images }]) => {
    const where = { at: [at('files', path)] };
    const there = statSync(join(dir, path), { throwIfNoEntry: false });
    if (!there?.isFile()) return [wrong(`there is no file ${join(name, path)}`, { ...where, hint: 'The bundle was not copied whole, or the file was taken out of it: copy it again, or take it out of bundle.yaml too.' })];
    if (size !== undefined && there.size !== size) return [wrong(`${join(name, path)} has ${there.size} bytes, not ${size}`, { ...where, hint: 'It was changed, or not copied whole: `plinth bundle verify` tells what is right and what is not.' })];
    const machine = path.startsWith('bin/') ? architectureOf(join(dir, path)) : undefined;
    if (machine !== undefined && machine !== 'any' && machine !== record.architecture) return [wrong(`${join(name, path)} is a program for ${machine}, and the bundle is for ${record.architecture}`, { ...where, hint: `A bundle holds programs of one architecture: get ${path} for ${record.architecture}, or make a bundle for ${machine} in a folder of its own.` })];
    if (path.startsWith('images/') && images === undefined) return [wrong(`nothing says which images are in ${join(name, path)}`, { ...where, hint: `Have bundle.yaml written anew: plinth bundle create --from ${name}` })];
    return [];
  });
}

function localFile(dir: string, name: string, path: string, { sha256, size: told }: FileRecord): LocalFile {
  const file = join(dir, path);
  const size = told ?? statSync(file).size;
  const shown = join(name, path);
  const changed = () => bundleError(`${shown} is not what bundle.yaml says`, { detail: `its sha256 should be ${sha256}`, hint: `It was changed or damaged. \`plinth bundle verify ${name}\` looks at every file.` });
  return { path, sha256, size, executable: path.startsWith('bin/'), content: fileSource({ file, label: shown, sha256, size, changed }) };
}
