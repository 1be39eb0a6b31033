/** Bytes of this machine that may be too many to be held at once: opened anew for each node that they are sent to. */
export interface Source {
  readonly kind: 'source';
  /** For people, e.g. `content of site/index.html`. */
  readonly label: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** From the first byte on. Ends with a PlinthError where it cannot be read; who takes it compares the digest. */
  open(): AsyncIterable<Uint8Array>;
  /** Reads it whole, and rejects with a PlinthError that says so where it is no longer what was promised: asked when what came had another digest. */
  check?(): Promise<void>;
  /** The whole of it as a text, read while a playbook is evaluated: for documents that a module must understand before anything is sent. Throws as `open` ends. */
  text(): string;
}

/** A file of this machine, known by its digest before anything is sent. */
export interface LocalFile {
  /** Below the folder it belongs to, parted by slashes. */
  readonly path: string;
  /** In hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly executable: boolean;
  readonly content: Source;
}

/** Whether something that an upload or an argument holds is a source. */
export const isSource = (value: unknown): value is Source => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'source' && 'open' in value && typeof value.open === 'function';
