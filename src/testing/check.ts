import { basename } from 'node:path';
import type { Action, Module } from '../contract/index.ts';
import { actionLaws } from './laws/actions.ts';
import { laws } from './laws/index.ts';
import type { Law, Subject } from './laws/law.ts';
import { readActionCases, readCases, readExemptions } from './read-cases.ts';

/** How a module stands with one law. */
export interface Finding {
  readonly law: string;
  /** Each way in which it is broken; nothing where it is kept. */
  readonly problems: readonly string[];
  /** Why the module need not keep it. */
  readonly exempt?: string;
}

/**
 * Holds a module against every law, with the cases of its folder. Use it in a test of your own modules:
 *
 *     for (const { law, problems } of checkModule(motd, 'modules/motd')) test(law, () => expect(problems).toEqual([]));
 *
 * An exemption is an entry of `exempt.yaml` in the folder, with its reason. One for a law that is kept is itself a problem.
 */
export function checkModule(module: Module, folder: string): Finding[] {
  const subject = { folder: basename(folder), module, cases: readCases(folder) };
  const exemptions = new Map(readExemptions(folder).map(({ law, reason }) => [law, reason]));
  const unknown = [...exemptions.keys()].filter((law) => !laws.some(({ name }) => name === law));
  if (unknown.length > 0) throw new Error(`${folder}/exempt.yaml: there is no law "${unknown.join('", "')}"; the laws are: ${laws.map(({ name }) => name).join('; ')}`);
  return laws.map((law) => {
    const { name } = law;
    const problems = checkLaw(law, subject);
    const reason = exemptions.get(name);
    if (reason === undefined) return { law: name, problems };
    return { law: name, problems: problems.length > 0 ? [] : ['is exempt from this law, yet keeps it: take it out of exempt.yaml'], exempt: reason };
  });
}

/** In which ways a module breaks a law. One that throws, as where it writes to its frozen input, breaks it. */
export function checkLaw({ check }: Law, subject: Subject): string[] {
  try {
    return check(subject);
  } catch (error) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
}

/** Holds an action against its laws, with the examples of its folder. */
export function checkAction(action: Action, folder: string): Finding[] {
  const subject = { folder: basename(folder), action, examples: readActionCases(folder) };
  return actionLaws.map(({ name, check }) => ({ law: name, problems: check(subject) }));
}
