export type { RunMeta } from './meta.ts';
export { newRunId, openJournal } from './open-journal.ts';
export { findRun, type JournaledEvent, type JournaledRun, listRuns } from './read-journal.ts';
export { findResumable, type Resumed } from './resume.ts';
