import { PlinthError } from '../../contract/diagnostic.ts';
import type { LinkEnd } from './link.ts';

/** The link broke. `during` says what was going on; `detail` holds the last words of the node. */
export function lost(host: string, end: LinkEnd, during: string, detail?: string): PlinthError {
  const why = end.reason ?? (end.signal !== undefined ? `the remote shell was ended by ${end.signal}` : end.code !== undefined ? `the remote shell ended with status ${end.code}` : 'the connection was closed');
  return new PlinthError({
    cause: 'lost',
    host,
    summary: `the link broke ${during}: ${why}`,
    ...(detail ? { detail } : {}),
    hint: 'Whatever ran was ended on the node, or goes on there alone if it must not be cut off. Run again: what is done is not done twice.',
  });
}

export const aborted = (host: string): PlinthError => new PlinthError({ cause: 'aborted', host, summary: 'stopped before it was done' });
