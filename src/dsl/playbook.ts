import type { z } from 'zod';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import type { Late } from '../contract/late.ts';
import { callSite } from './callsite.ts';
import type { PlaybookContext, TaskContext } from './context.ts';
import { evaluateBody } from './evaluate.ts';
import { type Arity, type FleetHost, type FleetSchema, type Group, type GroupsOf, type LoadedFleet } from './fleet.ts';
import type { DemandBoard, HostPlay, Play, PlayOptions, Program } from './program.ts';
import { resultOf } from './result.ts';

/** What a playbook file exports by default. */
export interface Playbook {
  readonly kind: 'playbook';
  readonly fleet: FleetSchema;
  /**
   * Evaluates the playbook over a loaded inventory. Nothing is connected.
   * @throws PlinthError with every bad argument of every task on every host (plays that want facts: later, in `evaluate`).
   */
  build(fleet: LoadedFleet): Program;
}

/**
 * A playbook: what is to be, on which hosts, in which order.
 *
 *     export default playbook(fleet, ({ play, groups }) => {
 *       play('Prepare', groups.all, ({ task, vars }) => {
 *         task('forwarding', sysctl, { file: '90-kubernetes', values: vars.sysctl });
 *       });
 *     });
 */
export function playbook<S extends z.ZodObject, G extends Readonly<Record<string, z.ZodObject>>>(fleet: FleetSchema<S, G>, body: (context: PlaybookContext<GroupsOf<S, G>>) => void): Playbook {
  return { kind: 'playbook', fleet, build: (loaded) => build(fleet, loaded, body) };
}

function build<S extends z.ZodObject, G extends Readonly<Record<string, z.ZodObject>>>(fleet: FleetSchema<S, G>, loaded: LoadedFleet, body: (context: PlaybookContext<GroupsOf<S, G>>) => void): Program {
  const plays: Play[] = [];
  const warnings: string[] = [];
  const confirmations: { word: string; what: string }[] = [];
  const demands: DemandBoard = { run: undefined };
  const problems: Diagnostic[] = [];

  const play = (name: string, on: Group<unknown, Arity>, second: PlayOptions | Body, third?: Body): unknown => {
    const options = typeof second === 'function' ? {} : second;
    const run = typeof second === 'function' ? second : third;
    const at = callSite(play);
    if (!run) throw new PlinthError({ cause: 'playbook', summary: `play "${name}" has no body`, at: [at] });
    if (plays.some((other) => other.name === name)) problems.push({ cause: 'playbook', summary: `two plays are called "${name}"`, at: [at], hint: 'Names tell plays apart in reports and when a run resumes: give each its own.' });
    const index = plays.length;
    const done = new Map<string, { play: HostPlay; result: Late<unknown> | undefined }>();
    const evaluate: Play['evaluate'] = (host, facts, factsOf) => {
      const before = done.get(host);
      if (before) return before.play;
      const member = on.hosts.find((one) => one.name === host);
      if (!member) throw new Error(`${host} is not in play "${name}"`);
      const evaluated = evaluateBody({ index, name, options, demands, origin: loaded.origin }, member, run, facts, factsOf);
      done.set(host, evaluated);
      return evaluated.play;
    };
    plays.push({ name, at, hosts: on.hosts.map((host) => host.name), options, evaluate });
    if (!options.facts) for (const host of on.hosts) collect(problems, () => evaluate(host.name));
    return resultOf(name, at, on, (host) => done.get(host)?.result);
  };

  // The one seam between the types a playbook sees and the values at run time: both are made from the same schema.
  body({ warn: (message) => void warnings.push(message), confirm: (word, what) => void confirmations.push({ word, what }), play: play as PlaybookContext<GroupsOf<S, G>>['play'], groups: groupsOf(fleet, loaded) as unknown as GroupsOf<S, G> });
  if (problems.length > 0) throw new PlinthError(mergeHosts(problems));
  return { plays, warnings, confirmations, demands };
}

type Body = (context: TaskContext<unknown>) => Late<unknown> | void;

function groupsOf(fleet: FleetSchema, loaded: LoadedFleet): Record<string, Group<FleetHost['vars']>> {
  const pick = (label: string, names: readonly string[]): Group<FleetHost['vars']> => ({
    label,
    hosts: loaded.hosts.filter((host) => names.includes(host.name)),
    arity: 'many',
  });
  const groups: Record<string, Group<FleetHost['vars']>> = {};
  for (const name of Object.keys(fleet.groups)) groups[name] = pick(name, loaded.groups[name] ?? []);
  groups.all = { label: 'all', hosts: loaded.hosts, arity: 'many' };
  return groups;
}

function collect(problems: Diagnostic[], work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof PlinthError)) throw error;
    problems.push(...error.diagnostics);
  }
}

/** The same complaint of several hosts is told once, with all their names. */
function mergeHosts(problems: readonly Diagnostic[]): Diagnostic[] {
  const merged = new Map<string, Diagnostic>();
  for (const { host, ...rest } of problems) {
    const key = JSON.stringify(rest);
    const hosts = [merged.get(key)?.host, host].filter((name) => name !== undefined).join(', ');
    merged.set(key, hosts === '' ? rest : { ...rest, host: hosts });
  }
  return [...merged.values()];
}
