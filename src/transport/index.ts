export { type FakeHost, type FakeOptions, fakeConnection, fakeHost, type Faults } from './fake/index.ts';
export { localConnection } from './local/index.ts';
export type { LockRequest } from './shell/lock.ts';
