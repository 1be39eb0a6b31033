export type { Stamped } from './model/clock.ts';
export type { About } from './model/model.ts';
export { htmlReport } from './report.ts';
