import { type Judged, ok, warn } from '../finding.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** As the C library chooses: LC_ALL, then LC_CTYPE, then LANG; empty counts as not said. */
export function judgeLocale(env: Env, platform: NodeJS.Platform): Judged {
  const [name, value] = (['LC_ALL', 'LC_CTYPE', 'LANG'] as const).map((key) => [key, env[key]] as const).find(([, said]) => said !== undefined && said !== '') ?? ['LANG', undefined];
  if (value !== undefined && /utf-?8/i.test(value)) return ok('locale', `${name}=${value}`);
  // Windows and macOS terminals are UTF-8 whatever the variables say.
  if (platform !== 'linux') return ok('locale', value === undefined ? 'not set' : `${name}=${value}`);
  return warn('locale', value === undefined ? 'not set' : `${name}=${value}`, 'Signs such as ✓ and → may come out wrong: export LANG=C.UTF-8. Nodes are not affected: steps run there with LC_ALL=C.');
}
