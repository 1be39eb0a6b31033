export { advise } from './advise.ts';
export { type FleetRow, fleetAdvice } from './fleet.ts';
export { adviceReadings, byFacts, cardsBehind, type Extra, extraOf, mainNic, type Node, nothingElse } from './node.ts';
export type { Row, Verdict } from './row.ts';
export { type Wishes, type WishesInput, wishesSchema } from './wishes.ts';
