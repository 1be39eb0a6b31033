import { PlinthError } from '../../contract/diagnostic.ts';
import { shorten } from '../callsite.ts';
import type { Playbook } from '../playbook.ts';
import type { Play, Program } from '../program.ts';
import { type LoadedModule, loadModule } from './load-module.ts';
import type { LoadOptions } from './options.ts';
import { thrown } from './thrown.ts';

export interface LoadedPlaybook extends Playbook {
  /** sha256 of the compiled playbook, for saved plans. */
  readonly digest: string;
}

/**
 * Loads the playbook that a file exports by default. What its functions throw later names the user's own line as well.
 * @throws PlinthError as `loadModule`, and where there is no such export.
 */
export async function loadPlaybook(path: string, options: LoadOptions): Promise<LoadedPlaybook> {
  const loaded = await loadModule(path, options);
  const found = loaded.exports.default;
  if (!isPlaybook(found)) throw noPlaybook(loaded, found);
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw thrown(error, loaded.entry, loaded.positions);
    }
  };
  const guardPlay = (play: Play): Play => ({ ...play, evaluate: (...args) => guard(() => play.evaluate(...args)) });
  const build = (...args: Parameters<Playbook['build']>): Program => {
    const program = guard(() => found.build(...args));
    return { ...program, plays: program.plays.map(guardPlay) };
  };
  return { ...found, build, digest: loaded.digest };
}

const isPlaybook = (value: unknown): value is Playbook => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'playbook' && 'build' in value && 'fleet' in value;

function noPlaybook({ entry, exports }: LoadedModule, found: unknown): PlinthError {
  const others = Object.keys(exports).filter((name) => isPlaybook(exports[name]));
  const summary = found === undefined ? 'the file has no default export' : `the default export is ${found === null ? 'null' : Array.isArray(found) ? 'a list' : `a ${typeof found}`}, not a playbook`;
  const hint = others.length > 0 ? `It exports a playbook as "${others[0]}": export it by default.` : 'Write: export default playbook(fleet, ({ play, groups }) => { ... });';
  return new PlinthError({ cause: 'playbook', summary, hint, at: [{ file: shorten(entry), line: 1, col: 1 }] });
}
