import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LoadOptions } from '../../dsl/load/index.ts';
import type { Io } from '../context.ts';

const load = { plinth: () => import('../../index.ts'), modules: () => import('../../modules/index.ts'), cluster: () => import('../../cluster/index.ts'), testing: () => import('../../testing/index.ts'), zod: () => import('zod') };

/** Playbooks get the very instances that run inside this program. */
const provided: LoadOptions['provided'] = new Map<string, () => Promise<object>>([
  ['plinth', load.plinth],
  ['plinth/modules', load.modules],
  ['plinth/cluster', load.cluster],
  ['plinth/testing', load.testing],
  ['zod', load.zod],
  ['zod/v4', load.zod],
]);

export const loadOptions = ({ env, cwd, version }: Pick<Io, 'env' | 'cwd' | 'version'>): LoadOptions => ({ provided, cacheDir: cacheDir(env, cwd), version });

/** `$XDG_CACHE_HOME/plinth`, `~/.cache/plinth`, or, where there is no home, `.plinth/cache`. */
function cacheDir(env: Io['env'], cwd: string): string {
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'plinth');
  const home = env.HOME ?? homedir();
  return home.startsWith('/') && home !== '/' ? join(home, '.cache', 'plinth') : join(cwd, '.plinth', 'cache');
}
