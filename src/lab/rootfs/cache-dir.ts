import { join } from 'node:path';

/** Where built images are kept: the user's cache, or the system's when the environment names no home of its own. */
export const cacheDir = (env: NodeJS.ProcessEnv = process.env): string =>
  env.XDG_CACHE_HOME ? join(env.XDG_CACHE_HOME, 'plinth') : '/var/cache/plinth';
