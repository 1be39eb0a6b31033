export { type Case, type Exemption, type LabCase } from './case.ts';
export { checkAction, checkLaw, checkModule, type Finding } from './check.ts';
export { laws } from './laws/index.ts';
export { type Law, type Subject } from './laws/law.ts';
export { parseArgs, type Planned, type PlannedChange, planWith } from './plan.ts';
export { readCases, readLabCases } from './read-cases.ts';
export { runCase } from './run-case.ts';
