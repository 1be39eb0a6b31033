/** True only where both are the same type, `any` and optional keys included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for `is<true>()`: `is<Equal<typeof a, string>>()`. */
export const is = <T extends true>(): T | undefined => undefined;
