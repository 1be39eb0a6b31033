export { type FakeHost, type FakeOptions, fakeConnection, fakeHost, type Faults } from './fake/index.ts';
export { createLimiter, type Limiter } from './limiter.ts';
export { type LocalOptions, localConnection } from './local/index.ts';
export { openConnection, type OpenOptions } from './open.ts';
export type { LockRequest } from './shell/lock.ts';
export { acceptNewHostKeys, askHostKeys, type HostKeyPolicy, type NewHostKey, strictHostKeys } from './target/host-key-policy.ts';
