import { createHash } from 'node:crypto';

/**
 * The name that a new file has beside its target until it is renamed over it. The same each time, so that what a node that
 * lost its power left behind is replaced by the next run. Whoever makes it must insist that it is new (`set -C`): in a
 * folder that belongs to others a link of theirs may lie there.
 */
export const stagingName = (path: string): string => `.plinth-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
