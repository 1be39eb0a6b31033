import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleError } from '../fail.ts';
import { recordName } from '../record.ts';

/** The folders of a bundle. */
export const folders: readonly string[] = ['bin', 'images', 'charts', 'manifests', 'packages'];

export interface Layout {
  /** Paths of files below the folders, sorted. */
  readonly files: readonly string[];
  /** What else lies beside the folders: no part of the bundle. */
  readonly strangers: readonly string[];
}

/** Which files a folder laid out as a bundle holds; hidden ones are none of it. @throws PlinthError (`bundle`) */
export function layoutOf(dir: string, name: string): Layout {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw bundleError(`there is no folder ${name}`, { hint: `It should hold some of ${folders.join('/, ')}/.` });
  const below = (path: string): string[] =>
    readdirSync(join(dir, path), { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.'))
      .flatMap((entry) => {
        const at = `${path}/${entry.name}`;
        return statSync(join(dir, at)).isDirectory() ? below(at) : [at];
      });
  const top = readdirSync(dir).filter((entry) => !entry.startsWith('.') && entry !== recordName);
  const files = folders.filter((folder) => statSync(join(dir, folder), { throwIfNoEntry: false })?.isDirectory()).flatMap(below).sort();
  if (files.length === 0) throw bundleError(`there is nothing in ${name} to make a bundle of`, { detail: `found there: ${top.join(', ') || 'nothing'}`, hint: 'Lay files out as bin/kubeadm, images/*.tar, charts/*.tgz, manifests/*.yaml, packages/*.deb: any of these.' });
  return { files, strangers: top.filter((entry) => !folders.includes(entry)) };
}
