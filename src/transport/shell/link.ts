import type { Readable, Writable } from 'node:stream';

/** How a link ended. */
export interface LinkEnd {
  /** Exit status of the remote command; undefined where the link broke before one came. */
  readonly code?: number;
  readonly signal?: string;
  /** What the link itself said: a socket error, a keepalive that was not answered. */
  readonly reason?: string;
}

/** One remote command and its three byte streams, whatever carries them. The protocol knows nothing else of a transport. */
export interface ShellLink {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once, never rejects: when the command has ended or the link broke, its last output delivered. */
  readonly ended: Promise<LinkEnd>;
  /** Cuts the link at once. */
  destroy(): void;
}

/** Starts one command on the host. A `pty` merges the streams and mangles bytes: for sudo's `requiretty` only. */
export type Exec = (command: string, options?: { readonly pty?: boolean }) => Promise<ShellLink>;
