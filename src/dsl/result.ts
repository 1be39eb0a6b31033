import { PlinthError } from '../contract/diagnostic.ts';
import { Late } from '../contract/late.ts';
import type { Located } from '../contract/located.ts';
import { anyOf } from './any.ts';
import type { PerHost } from './context.ts';
import type { Arity, Group } from './fleet.ts';

type Find = (host: string) => Late<unknown> | undefined;

/** What `play` gives back: a late value for a group of one, one per host otherwise. */
export function resultOf(play: string, at: Located, on: Group<unknown, Arity>, find: Find): Late<unknown> | PerHost<unknown> {
  const of = (host: string): Late<unknown> => find(host) ?? new Late(`${play} on ${host}`, async () => demand(play, at, host, find));
  const only = on.hosts[0];
  if (on.arity === 'one') return only ? of(only.name) : new Late(play, async () => missing(play, at, `${on.label} is empty`));
  return {
    of,
    any: ({ except } = {}) => anyOf(play, on.hosts.filter(({ name }) => name !== except).map(({ name }) => ({ name, value: of(name) })), [at]),
    all: () => new Late(play, async () => Object.fromEntries(await Promise.all(on.hosts.map(async ({ name }) => [name, await of(name).resolve()] as const)))),
  };
}

async function demand(play: string, at: Located, host: string, find: Find): Promise<unknown> {
  const late = find(host);
  return late ? late.resolve() : missing(play, at, `it gave nothing for ${host}`);
}

function missing(play: string, at: Located, why: string): never {
  throw new PlinthError({ cause: 'late', summary: `the result of play "${play}" is needed, but ${why}`, at: [at], hint: 'Return a task\'s output from the body of that play, and see that its group has hosts.' });
}
