import type { Source } from './parse-sources.ts';

const codenames = ['bullseye', 'bookworm', 'trixie', 'forky', 'sid'];
const debianKeyring = /debian-archive/;

/** The codename of the Debian release these sources install, if they are Debian's. */
export const codenameOf = (sources: readonly Source[]): string | undefined =>
  codenames.find((codename) => sources.some((source) => isDebian(source) && source.suites.includes(codename)));

/**
 * The sources a node of `suite` uses: the machine's own Debian sources, their suites renamed from the machine's codename.
 * Sources of other vendors are left out, and so is what cannot be reached over HTTP.
 */
export function debianSources(sources: readonly Source[], suite: string): Source[] {
  const own = codenameOf(sources);
  if (!own) return [];
  return sources.filter(isDebian).flatMap((source) => {
    const suites = source.suites.filter((name) => name === own || name.startsWith(`${own}-`)).filter((name) => !name.endsWith('-backports'));
    const components = source.components.filter((name) => name === 'main');
    const uris = source.uris.filter((uri) => /^https?:/.test(uri));
    if (suites.length === 0 || uris.length === 0) return [];
    return [{ ...source, uris, components, suites: suites.map((name) => name.replace(own, suite)) }];
  });
}

/** deb822 text, for mmdebstrap and for the node. */
export const showSources = (sources: readonly Source[]): string =>
  sources
    .map(({ uris, suites, components, signedBy }) =>
      [
        'Types: deb',
        `URIs: ${uris.join(' ')}`,
        `Suites: ${suites.join(' ')}`,
        `Components: ${components.join(' ')}`,
        ...(signedBy ? [`Signed-By: ${signedBy}`] : []),
        '',
      ].join('\n'),
    )
    .join('\n');

// Other vendors use Debian's suite and component names too, but sign with a key of their own.
const isDebian = ({ components, signedBy, uris }: Source): boolean =>
  components.includes('main') && (signedBy ? debianKeyring.test(signedBy) : uris.some((uri) => /\/debian(-security)?\/?$/.test(uri)));
