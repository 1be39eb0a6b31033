import type { Source } from './local.ts';

/** One piece of work in a frame, ready to send: late values are in it, so it is never logged. */
export interface Step {
  /** POSIX sh text. Runs in a subshell of its own under `set -eu`, stdin is /dev/null, `put KEY VALUE` reports a fact. */
  readonly script: string;
  /** A failure ends the frame: the steps after it are not run. */
  readonly gate?: boolean;
  /** Must not be cut off: on a lost link, timeout or abort it goes on detached until it ends. */
  readonly critical?: boolean;
  /** In ms, counted on the node from the step's start. */
  readonly timeout?: number;
  /**
   * Only its facts and exit code are wanted, so a row of such steps may answer in one go at its end: each write of a node is a
   * packet that both sides have to decrypt. What it says on stderr comes in `stdout`; the row has the time of its first step.
   */
  readonly quiet?: boolean;
}

/** What a step answered. */
export interface Reply {
  /** Exit status; 128 + n where signal n ended it. */
  readonly code: number;
  /** What it reported by `put`, in order; UTF-8 with U+FFFD for other bytes. */
  readonly facts: ReadonlyMap<string, string>;
  /** The last 64 KiB of each. */
  readonly stdout: string;
  readonly stderr: string;
  /** It was ended because its time was over. */
  readonly timedOut?: boolean;
}

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Output as it comes, for the live tail. `step` counts from 0. */
  onOutput?(chunk: { readonly step: number; readonly stream: 'stdout' | 'stderr'; readonly text: string }): void;
  /** How many bytes of a file have been sent, after each piece of one that is sent in several. */
  onSent?(bytes: number): void;
}

/** A file to be put in place as root. */
export interface FileToPut {
  readonly path: string;
  readonly content: Uint8Array | Source;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly validate?: string;
}

/**
 * A root shell on one host that stays open. Frames are answered in the order they were sent.
 * Every method rejects with a PlinthError: `lost` when the link breaks (never an exit code), `aborted`, `timeout`.
 */
export interface Connection {
  readonly host: string;
  /** What the link turned out to be, for the report: `ssh`, `openssh`, `local`, `fake`, and why it was chosen. */
  readonly transport: string;
  /** Many steps, one round trip. A step that was not run (a gate before it failed) has no reply. */
  send(steps: readonly Step[], options?: SendOptions): Promise<readonly (Reply | undefined)[]>;
  /** Streams content to a staging file beside its target, checks its sha256 there, then renames it over the target. */
  put(file: FileToPut, options?: SendOptions): Promise<void>;
  /** Streams a file from the node. */
  fetch(path: string, options?: SendOptions): Promise<Buffer>;
  /** Round trips so far, uploads included. */
  readonly trips: number;
  close(): Promise<void>;
}

/** How a host is reached. Everything not said is taken from ssh_config, then from the defaults. */
export interface Reach {
  readonly host: string;
  readonly transport: 'auto' | 'ssh' | 'openssh' | 'local';
  readonly address?: string;
  readonly port?: number;
  readonly user?: string;
  readonly identityFiles?: readonly string[];
  /** Resolved secrets. */
  readonly password?: string;
  readonly passphrase?: string;
  readonly becomePassword?: string;
  /** Whether the shell is root's. Default: true. */
  readonly become?: boolean;
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
  /** Pinned host keys, `ssh-ed25519 AAAA...`. They win over known_hosts. */
  readonly hostKeys?: readonly string[];
  readonly knownHostsFiles?: readonly string[];
  /** ssh_config to read instead of the user's; `none` reads none. */
  readonly sshConfig?: string;
  /** In ms. */
  readonly connectTimeout?: number;
  /** How often a refused, reset or booting host is tried again. */
  readonly connectRetries?: number;
  /** How long a host that drops its link in the middle of a run is waited for, in ms. */
  readonly reconnectTimeout?: number;
}
