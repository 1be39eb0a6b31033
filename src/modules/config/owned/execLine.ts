/** A command as `ExecStart=` takes it: a text is run by the shell, a list is run as it is. */
export const execLine = (run: string | readonly string[]): string => (typeof run === 'string' ? ['/bin/sh', '-c', run] : run).map(word).join(' ');

/** systemd reads backslashes, quotes, `%` specifiers and `$` variables in a command line; all are kept from it. */
function word(text: string): string {
  const plain = text.replaceAll('%', '%%').replaceAll('$', '$$$$');
  if (/^[A-Za-z0-9_%@+=:,./$-]+$/.test(plain)) return plain;
  return `"${plain.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`).replaceAll('\t', String.raw`\t`)}"`;
}

/** `NAME=value` as one word of `Environment=`, where `$` has no meaning. */
export const environmentWord = (name: string, value: string): string => `"${`${name}=${value}`.replaceAll('%', '%%').replaceAll(/["\\]/g, String.raw`\$&`)}"`;
