export { advise } from './advise.ts';
export { type FleetRow, fleetAdvice } from './fleet.ts';
export { adviceReadings, type Extra, extraOf, type Node, nothingElse } from './node.ts';
export type { Row, Verdict } from './row.ts';
export { type Wishes, type WishesInput, wishesSchema } from './wishes.ts';
