import { facts } from './facts/kind.ts';
import { content } from './content.ts';
import { link } from './link.ts';
import { listing } from './listing.ts';
import { matches } from './matches.ts';
import { sha256 } from './sha256.ts';
import { shell } from './shell.ts';
import { stat } from './stat.ts';
import { sysctl } from './sysctl.ts';
import { target } from './target.ts';
import { text } from './text.ts';

export { type Content } from './content.ts';
export { type Facts, factsSchema } from './facts.ts';

/** Everything a module may read of a node. */
export const read = {
  content,
  facts,
  link,
  listing,
  matches,
  sha256,
  shell,
  stat,
  sysctl,
  target,
  text,
};
