/** One `deb` source of apt, whichever of its two formats it was written in. */
export interface Source {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** A keyring path, absent where apt's trusted keys apply. */
  readonly signedBy?: string;
}

/** sources.list(5), one-line format: `deb [options] uri suite component...`. */
export function parseOneLine(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!found) return [];
    const [, options = '', uri = '', suite = '', components = ''] = found;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    return [{ uris: [uri], suites: [suite], components: words(components), ...(signedBy ? { signedBy } : {}) }];
  });
}

/** sources.list(5), deb822 format: stanzas of `Field: value`, continued on indented lines. */
export function parseDeb822(text: string): Source[] {
  const visible = text.split('\n').filter((line) => !line.startsWith('#')).join('\n');
  return visible.split(/\n(?:[ \t]*\n)+/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t]+.*)*)`, 'im').exec(stanza)?.[1]?.trim() ?? '';
    if (!words(field('Types')).includes('deb') || /^no|^false|^0/i.test(field('Enabled'))) return [];
    const signedBy = field('Signed-By');
    // An inline key is a paragraph, not a path: apt's own trusted keys must do then.
    const path = signedBy.startsWith('/') ? signedBy : undefined;
    return [{ uris: words(field('URIs')), suites: words(field('Suites')), components: words(field('Components')), ...(path ? { signedBy: path } : {}) }];
  });
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
