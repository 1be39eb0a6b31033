import type { Context } from '../context.ts';

/** What a shell can complete in a place. */
export type Completes = 'playbook' | 'inventory' | 'host' | 'limit' | 'tag' | 'module' | 'run' | 'file' | readonly string[];

export interface Option {
  /** `flag` takes no value, `text` one, `list` may be given several times. */
  readonly kind: 'flag' | 'text' | 'list';
  readonly short?: string;
  /** How help names the value, e.g. `FILE`. */
  readonly value?: string;
  readonly summary: string;
  readonly complete?: Completes;
}
export type Options = Readonly<Record<string, Option>>;

export interface Argument {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** Takes all that follow. */
  readonly many?: boolean;
  readonly complete?: Completes;
}

/** What the user gave, asked for by name; a name that the command does not declare does not compile. */
export interface Input<Flag extends string = never, Text extends string = never, List extends string = never> {
  flag(name: Flag): boolean;
  text(name: Text): string | undefined;
  list(name: List): readonly string[];
  /** Arguments before `--`. */
  readonly args: readonly string[];
  /** What follows `--`; undefined where there is none. */
  readonly after: readonly string[] | undefined;
}

type Kinds = Readonly<Record<string, Pick<Option, 'kind'>>>;
type Names<O extends Kinds, K extends Option['kind']> = { [N in keyof O]: O[N]['kind'] extends K ? N : never }[keyof O] & string;

/** The input of a command with these options. */
export type InputOf<O extends Kinds> = Input<Names<O, 'flag'>, Names<O, 'text'>, Names<O, 'list'>>;

/** A command as a value: help, completion and the reference are made of the same record that runs. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly Argument[];
  readonly options: Options;
  /** Shown after `--` in the usage line. */
  readonly after?: string;
  readonly examples: readonly string[];
  /** Says how it went by the exit code. */
  run(given: Given, context: Context): Promise<number>;
}

/** Options as they stood on the command line, checked against the command's own. */
export interface Given {
  readonly values: ReadonlyMap<string, readonly (string | true)[]>;
  readonly args: readonly string[];
  readonly after: readonly string[] | undefined;
}

export interface CommandRecord<O extends Options> extends Omit<Command, 'run' | 'args' | 'options' | 'examples'> {
  readonly args?: readonly Argument[];
  readonly options: O;
  readonly examples?: readonly string[];
  run(input: InputOf<O>, context: Context): Promise<number>;
}

export const defineCommand = <const O extends Options>(record: CommandRecord<O>): Command => ({
  args: [],
  examples: [],
  ...record,
  run: ({ values, args, after }, context) => {
    const texts = (name: string): string[] => (values.get(name) ?? []).filter((value) => value !== true);
    return record.run({ flag: (name) => values.has(name), text: (name) => texts(name).at(-1), list: texts, args, after }, context);
  },
});
