import { describedArgs, namedLikeFolder, strictArgs, summarised } from './args.ts';
import { enoughCases, keptCases } from './cases.ts';
import type { Law } from './law.ts';
import { explainedRefusals, parsedEffects, purePlan, toldChanges } from './plan.ts';
import { knownReadings, parsedReadings, steadyReadings } from './readings.ts';

/** What holds for every module, with no node at hand. */
export const laws: readonly Law[] = [
  namedLikeFolder,
  summarised,
  describedArgs,
  enoughCases,
  keptCases,
  strictArgs,
  steadyReadings,
  parsedReadings,
  knownReadings,
  purePlan,
  toldChanges,
  parsedEffects,
  explainedRefusals,
];
