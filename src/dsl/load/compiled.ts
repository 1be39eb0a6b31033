/** A user's TypeScript file and all it imports, as one CommonJS text. */
export interface Compiled {
  readonly code: string;
  /** Source map, version 3, as JSON text; its sources are absolute paths. */
  readonly map: string;
  /** Every file that went into it, with its sha256; an empty one for a file that was looked for and is not there. */
  readonly inputs: readonly Input[];
  /** Module names left for `require` to find. */
  readonly externals: readonly string[];
}

export interface Input {
  readonly path: string;
  readonly sha256: string;
}
