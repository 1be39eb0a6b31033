import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const bare = /^[^./]/;
const asked = Symbol('asked');

/**
 * Which imports go into the bundle: the user's own files, and packages that are ES modules (older Nodes cannot
 * `require` them). Other packages stay outside and are required from the user's project, native ones included.
 */
export function resolver(provided: ReadonlySet<string>, externals: Set<string>): Plugin {
  const outside = (path: string): { path: string; external: true } => {
    externals.add(path);
    return { path, external: true };
  };
  return {
    name: 'plinth-resolver',
    setup(build) {
      build.onResolve({ filter: bare }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (kind === 'entry-point' || pluginData === asked) return undefined;
        if (provided.has(path)) return outside(path);
        if (path === 'plinth' || path.startsWith('plinth/')) return { errors: [{ text: `Plinth has no part "${path}"; there are ${[...provided].filter((name) => name.startsWith('plinth')).join(', ')}` }] };
        const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: asked });
        if (found.errors.length > 0 || found.external) return found;
        return !found.path.includes('/node_modules/') || (await isEsModule(found.path)) ? found : outside(path);
      });
    },
  };
}

async function isEsModule(file: string): Promise<boolean> {
  if (/\.m?tsx?$|\.mjs$/.test(file)) return true;
  if (!file.endsWith('.js')) return false;
  for (let dir = dirname(file); ; dir = dirname(dir)) {
    const text = await readFile(join(dir, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text);
    if (dir === dirname(dir)) return false;
  }
}
