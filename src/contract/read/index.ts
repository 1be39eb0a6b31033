import { facts } from './facts/kind.ts';
import { matches } from './matches.ts';
import { sha256 } from './sha256.ts';
import { shell } from './shell.ts';
import { stat } from './stat.ts';
import { sysctl } from './sysctl.ts';
import { text } from './text.ts';

export { type Facts, factsSchema } from './facts.ts';

/** Everything a module may read of a node. */
export const read = { facts, matches, sha256, shell, stat, sysctl, text };
