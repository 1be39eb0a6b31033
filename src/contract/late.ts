import { z } from 'zod';

/**
 * A value that exists only at apply time, such as a join token minted on another host. It can stand in sh`...` and
 * nowhere else: there is no way to read it from a playbook or a module, and a plain string refuses it.
 */
export class Late<T> {
  declare protected readonly type: T;
  /** Shown wherever the value itself must not or cannot be. */
  readonly label: string;
  readonly #resolve: () => Promise<T>;

  constructor(label: string, resolve: () => Promise<T>) {
    this.label = label;
    let memo: Promise<T> | undefined;
    this.#resolve = () => (memo ??= resolve());
  }

  /** One field of a late record, itself late. */
  get<K extends keyof T & string>(key: K): Late<T[K]> {
    return new Late(`${this.label}.${key}`, async () => (await this.#resolve())[key]);
  }

  /** A late value computed from this one; `label` names the result. */
  map<U>(label: string, to: (value: T) => U): Late<U> {
    return new Late(label, async () => to(await this.#resolve()));
  }

  /** For the engine only: the value, asked for once. */
  resolve(): Promise<T> {
    return this.#resolve();
  }

  toString(): never {
    throw new TypeError(`<${this.label}> is known only at apply time: put it into sh\`\` or an argument that takes a late value, not into a string`);
  }

  toJSON(): string {
    return `<${this.label}>`;
  }
}

/**
 * A late value that the controller can have before the run starts (environment, file, command) and that nobody may see:
 * the engine masks it, and every common encoding of it, in all it prints or stores. Readings may hold secrets.
 */
export class Secret<T = string> extends Late<T> {
  declare protected readonly secret: true;

  override map<U>(label: string, to: (value: T) => U): Secret<U> {
    return new Secret(label, async () => to(await this.resolve()));
  }
}

/** Schema of an argument that may be given now or arrive late; the module always sees a `Late`. */
export const late = <S extends z.ZodType>(schema: S) =>
  z
    .custom<Late<z.output<S>> | z.input<S>>(() => true)
    .meta({ title: 'value or Late' })
    .transform((value, ctx): Late<z.output<S>> => {
      if (value instanceof Late) return value as Late<z.output<S>>;
      return now(schema, value, ctx, (data) => new Late('value', async () => data)) ?? z.NEVER;
    });

/** Schema of a secret argument: a `Secret`, never a plain value, so that nothing secret is written into a playbook. */
export const secret = () => z.instanceof(Secret<string>, { error: 'wants a secret (from the inventory, the environment or secret.env), not a plain value' }).meta({ title: 'Secret' });

function now<S extends z.ZodType, R>(schema: S, value: unknown, ctx: z.RefinementCtx, wrap: (data: z.output<S>) => R): R | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return wrap(parsed.data);
  for (const issue of parsed.error.issues) ctx.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  return undefined;
}
