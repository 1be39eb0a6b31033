import { bundleError } from '../fail.ts';

/** The sha256 of a file in what upstream publishes: the digest alone, or lines of `sha256sum`. @throws PlinthError (`bundle`) */
export function sumIn(text: string, file: string, url: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, sum, name] = /^([0-9a-fA-F]{64})(?:\s+[*]?(?:\.\/)?(\S+))?\s*$/.exec(line) ?? [];
    return sum === undefined ? [] : [{ sum: sum.toLowerCase(), name }];
  });
  const found = lines.find(({ name }) => name === file) ?? (lines.length === 1 ? lines[0] : undefined);
  if (found) return found.sum;
  throw bundleError(`${url} tells no sha256 of ${file}`, { detail: text.slice(0, 200), hint: 'It may be no answer of upstream at all: a proxy or a login page.' });
}
