import type { Loader, Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = { 'import.meta.url': '__plinth_url', 'import.meta.filename': '__plinth_filename', 'import.meta.dirname': '__plinth_dirname' };
const loaders: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' };

/** A bundle has one `import.meta`; here every file keeps its own, so `new URL('x.hbs', import.meta.url)` finds its neighbour. */
const plugin: Plugin = {
  name: 'plinth-import-meta',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      // On the first line, so that no line number moves.
      const own = `const __plinth_url = ${JSON.stringify(pathToFileURL(path).href)}, __plinth_filename = ${JSON.stringify(path)}, __plinth_dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: `${own}${text.replace(/^#!/, '//')}`, loader: loaders[extname(path)] ?? 'js' };
    });
  },
};

export const importMeta = { define: names, plugin };
