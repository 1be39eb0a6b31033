/** What the loader needs from whoever starts it. */
export interface LoadOptions {
  /** Modules that come from Plinth itself, so that a playbook and the engine share one instance: `plinth`, `plinth/modules`, `zod`. */
  readonly provided: ReadonlyMap<string, () => Promise<object>>;
  /** Where compiled files are kept; private to the user, since code is run from there. */
  readonly cacheDir: string;
  /** Plinth's version: another one compiles anew. */
  readonly version: string;
}
