/** Lines `name=value` in order, and those that have no name. */
export interface Lines {
  /** Every named line in order. */
  readonly named: readonly (readonly [name: string, value: string])[];
  /** Lines of `ip -o addr`, which begin with a number. */
  readonly loose: readonly string[];
  /** The first value of a name, trimmed; empty where there is none. */
  one(name: string): string;
  all(name: string): readonly string[];
}

export function readLines(text: string): Lines {
  const named: [string, string][] = [];
  const loose: string[] = [];
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Za-z][\w.]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) named.push([name, value]);
    else if (line !== '') loose.push(line);
  }
  return {
    named,
    loose,
    one: (name) => named.find(([is]) => is === name)?.[1].trim() ?? '',
    all: (name) => named.filter(([is]) => is === name).map(([, value]) => value),
  };
}
