/** What a source needs of the world around. */
export interface SourceContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In ms, for each program it runs. */
  readonly timeout: number;
}

/** What a source gives: the text of an inventory in YAML or JSON. In Plinth's own form, or as a listing of Ansible's scripts. */
export interface SourceTree {
  readonly text: string;
  /** How places in the text are called, e.g. `vagrant:box`; a name without slashes, so that relative paths start where the run does. */
  readonly label: string;
}

/** Somewhere that hosts are known already: `-i NAME:ARGUMENT`. */
export interface Source {
  readonly name: string;
  readonly summary: string;
  /** How long an answer is good for, in ms. Absent: it is asked every time, since asking costs nothing. */
  readonly age?: number;
  /** @throws PlinthError where there is no answer, or none that can be read. */
  load(argument: string, context: SourceContext): Promise<SourceTree>;
}
