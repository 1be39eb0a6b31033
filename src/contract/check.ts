import type { Reading } from './reading.ts';

/** What was looked at, as text: what a read-only script said, both streams, and its exit code. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

/** How something stands. `skipped`: it could not be looked at, which is no success. */
export interface Judgement {
  readonly status: 'ok' | 'failed' | 'skipped';
  /** Exactly what was found, in a few words; more lines where it failed. */
  readonly evidence: string;
  readonly hint?: string;
}

/** Something that must hold, as a value: what is read, and how it is judged. */
export interface Check {
  /** As a clause: `etcd has one voter for each control plane`. */
  readonly name: string;
  /** Readings are shared between checks that hold the same one. */
  readonly reading: Reading<Said>;
  /** Pure. */
  judge(said: Said): Judgement;
}
