import { z } from 'zod';
import { change, defineModule, type Package, read, refuse } from '../../../contract/index.ts';
import { type Wanted, parseName, satisfies } from './wanted.ts';
import { install, remove, setHold } from './scripts.ts';

/** A package manager is never cut off half-way, and may have to wait for another one first. */
const careful = { critical: true, timeout: 30 * 60_000 };

/**
 * Packages of the distribution, through apt or dnf, all in one transaction. The package lists are renewed only when something
 * is to be installed. It never asks: configuration files that someone changed are kept.
 * (Called `packages` since `package` is a word that TypeScript keeps for itself.)
 */
export const packages = defineModule({
  name: 'packages',
  summary: 'Packages installed, at a version, held, or removed.',

  args: z.strictObject({
    names: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._-]*(:[a-z0-9]+)?(=[^\s=]+)?$/, "must be a package's name, or name=version"))
      .min(1, 'must name at least one package')
      .describe('The packages. `name=version` pins one; a version may end with `*`.'),
    state: z.enum(['present', 'absent', 'latest']).default('present').describe('`latest` is the newest version by the package lists of the node; what is held stays.'),
    hold: z.boolean().optional().describe('Keep them at their version when the system is upgraded; `false` lets them go. Left out: as found.'),
    update: z.enum(['auto', 'always', 'never']).default('auto').describe('Renew the package lists before an installation: `auto` does when they are older than `cacheHours`, or when a package is in none of them.'),
    cacheHours: z.int().min(0).default(24).describe('How old package lists may be, in hours.'),
    recommends: z.boolean().default(true).describe('Install what the packages recommend as well, as the distribution does.'),
    startServices: z.boolean().default(true).describe('`false` keeps services from being started while their packages are installed.'),
    allowDowngrade: z.boolean().default(false).describe('A pinned version may be older than the installed one.'),
    purge: z.boolean().default(false).describe('With `absent`: remove configuration files as well.'),
    lockSeconds: z.int().min(0).default(300).describe('How long to wait for another package manager, in seconds.'),
  }),

  observe: ({ names, state }) => {
    const plain = names.map((name) => parseName(name).name);
    return Object.assign({}, read.each('package', plain, read.package), read.each('candidate', state === 'latest' ? plain : [], read.candidate));
  },

  *plan(args, observed) {
    const all = args.names.map(parseName);
    const found = (name: string): Package | undefined => observed[`package ${name}`];

    if (args.state === 'absent') {
      const there = all.filter(({ name }) => found(name));
      if (there.length > 0) yield change(list(there), told(there, found), undefined, remove(there, args), careful);
      return;
    }

    const candidate = (name: string): string | undefined => (args.state === 'latest' ? observed[`candidate ${name}`] : undefined);
    const differing = all.filter((one) => !satisfies(one, found(one.name), candidate(one.name)));
    const held = differing.find(({ name }) => found(name)?.held && args.hold === undefined);
    if (held) {
      const is = found(held.name);
      yield refuse(`${held.name} is held`, `it is at ${is?.version ?? 'no version'}, and ${held.version ?? 'an installation in order'} is wanted`, { hint: 'Say `hold: true` to change it and hold it again, or `hold: false` to let it go.' });
      return;
    }
    if (differing.length > 0) {
      const wanted = differing.map((one) => ({ ...one, version: one.version ?? candidate(one.name) }));
      yield change(list(differing), told(differing, found), toldWanted(wanted), install(differing, args), careful);
    }
    if (args.hold === undefined) return;
    const { hold } = args;
    // What has just been installed is not held yet; what is there may be.
    const other = all.filter(({ name }) => (found(name)?.held ?? false) !== hold);
    if (other.length > 0) yield change(`hold of ${list(other)}`, hold ? 'free' : 'held', hold ? 'held' : 'free', setHold(other, hold), careful);
  },

  brings: ({ names, state }) => (state === 'absent' ? [] : names.map((name) => `package ${parseName(name).name.replace(/:.*$/, '')}`)),

  output: ({ names }, observed) => Object.fromEntries(names.map((name) => [parseName(name).name, observed[`package ${parseName(name).name}`]?.version])),
});

const list = (some: readonly Wanted[]): string => some.map(({ name }) => name).join(', ');

/** Nothing where none is there; one line a package otherwise. */
function told(some: readonly Wanted[], found: (name: string) => Package | undefined): string | undefined {
  const lines = some.map(({ name }) => {
    const is = found(name);
    return `${name} ${is ? `${is.version}${is.broken ? ' (not configured)' : ''}` : 'not installed'}`;
  });
  return some.some(({ name }) => found(name)) ? lines.join('\n') : undefined;
}

/** `installed` unless a version was asked for: which one it will be, the lists of tomorrow say. */
function toldWanted(some: readonly { readonly name: string; readonly version: string | undefined }[]): string {
  return some.some(({ version }) => version !== undefined) ? some.map(({ name, version }) => `${name} ${version ?? 'installed'}`).join('\n') : 'installed';
}
