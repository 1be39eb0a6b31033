import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../fail.ts';
import { run } from '../run.ts';
import { codenameOf, debianSources } from './debian-sources.ts';
import { parseDeb822, parseOneLine, type Source } from './parse-sources.ts';

/** How this machine gets Debian packages, as far as a node needs to know. */
export interface Apt {
  /** Codename of the machine's own release. */
  readonly own: string;
  sources(suite: string): Source[];
  /** Lines of apt.conf that nodes share with the machine. */
  readonly conf: readonly string[];
  /** URLs of HTTP proxies, by scheme. */
  readonly proxies: { readonly http?: string; readonly https?: string };
}

/** Reads the machine's apt configuration. Throws `lab` where it has no Debian source. */
export async function readApt(root = '/etc/apt'): Promise<Apt> {
  const sources = await readSources(root);
  const own = codenameOf(sources);
  if (!own) {
    throw labError('this machine has no Debian source for apt, and lab nodes are Debian', {
      detail: `no http source of Debian in ${root}/sources.list and ${root}/sources.list.d`,
      hint: 'Add one for your mirror, or use the Vagrantfile instead of the lab.',
    });
  }
  const dump = (await run(['apt-config', 'dump'])).stdout;
  return {
    own,
    sources: (suite) => debianSources(sources, suite),
    conf: dump.split('\n').filter((line) => /^Acquire::(Check-Valid-Until|Check-Date|Retries) /.test(line)),
    proxies: readProxies(dump, process.env),
  };
}

/** Proxies of apt's own configuration, else of the environment, as apt itself decides. */
export function readProxies(dump: string, env: NodeJS.ProcessEnv): Apt['proxies'] {
  const of = (scheme: 'http' | 'https') => {
    const set = new RegExp(`^Acquire::${scheme}::Proxy "([^"]*)"`, 'im').exec(dump)?.[1] ?? env[`${scheme}_proxy`] ?? env[`${scheme.toUpperCase()}_PROXY`];
    return set && /^https?:\/\//.test(set) ? set : undefined;
  };
  const [http, https] = [of('http'), of('https')];
  return { ...(http ? { http } : {}), ...(https ? { https } : {}) };
}

async function readSources(root: string): Promise<Source[]> {
  const dir = join(root, 'sources.list.d');
  const names = (await readdir(dir).catch(() => [])).toSorted();
  const parsed = await Promise.all(
    [join(root, 'sources.list'), ...names.map((name) => join(dir, name))].map(async (path) => {
      if (path.endsWith('.list')) return parseOneLine(await readFile(path, 'utf8').catch(() => ''));
      return path.endsWith('.sources') ? parseDeb822(await readFile(path, 'utf8').catch(() => '')) : [];
    }),
  );
  return parsed.flat();
}
