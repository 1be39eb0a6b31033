import type { Package } from '../../../contract/index.ts';

/** A package as it was asked for. */
export interface Wanted {
  readonly name: string;
  /** A version; one that ends with `*` is the beginning of one. */
  readonly version: string | undefined;
}

export function parseName(text: string): Wanted {
  const at = text.indexOf('=');
  return at < 0 ? { name: text, version: undefined } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** Whether what is there will do. A held package is never too old for `latest`. */
export function satisfies({ version }: Wanted, found: Package | undefined, candidate: string | undefined): boolean {
  if (!found || found.broken) return false;
  if (version !== undefined) return version.endsWith('*') ? found.version.startsWith(version.slice(0, -1)) : found.version === version;
  return candidate === undefined || found.held || found.version === candidate;
}
