import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundleError } from '../fail.ts';
import { membersOf } from '../inspect/archive.ts';
import { BrokenTar } from '../inspect/tar.ts';

/** Programs as upstream packs them: containerd-2.3.4-linux-amd64.tar.gz, cni-plugins-linux-amd64-v1.9.1.tgz. */
export const isPackedPrograms = (path: string): boolean => /^bin\/[^/]+\.(tgz|tar\.gz|tar)$/.test(path);

/**
 * Puts what is executable in an archive of bin beside it, plugins of CNI into bin/cni. The archive stays, and is no part of the
 * bundle. Gives back the paths of the programs.
 */
export async function unpackPrograms(dir: string, name: string, path: string): Promise<readonly string[]> {
  const folder = basename(path).startsWith('cni-plugins') ? 'bin/cni' : 'bin';
  const found: string[] = [];
  try {
    for await (const { name: member, content } of membersOf(join(dir, path), ({ executable }) => executable)) {
      if (!content) continue;
      const to = `${folder}/${basename(member)}`;
      mkdirSync(dirname(join(dir, to)), { recursive: true });
      writeFileSync(join(dir, `${to}.plinth`), content);
      chmodSync(join(dir, `${to}.plinth`), 0o755);
      renameSync(join(dir, `${to}.plinth`), join(dir, to));
      found.push(to);
    }
  } catch (error) {
    if (!(error instanceof BrokenTar)) throw error;
    throw bundleError(`${join(name, path)} cannot be unpacked`, { detail: error.message, hint: 'Get it again.' });
  }
  if (found.length === 0) throw bundleError(`there is no program in ${join(name, path)}`, { detail: 'nothing in it is executable', hint: 'Take it out of bin.' });
  return found;
}
