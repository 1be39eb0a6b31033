import { z } from 'zod';
import { actions, type Entry, modules } from './catalog.ts';
import written from './examples.json' with { type: 'json' };

/** Written by `npm run docs` from the cases of each module. */
const examples: Readonly<Record<string, Shown>> = written;

/** How a playbook says it. */
export interface Example {
  /** What it shows, one sentence. */
  readonly what: string;
  readonly code: string;
}

/** What is known of a module from its cases, for the reference. */
export interface Shown {
  readonly examples: readonly Example[];
  /** What it will not take or do, and says so: one sentence each. */
  readonly refuses: readonly string[];
  /** What it hands to other tasks, by an example; undefined where it has nothing. */
  readonly output?: unknown;
}

/** All that is to be said of a module or action. */
export interface Description extends Shown {
  readonly name: string;
  readonly kind: 'module' | 'action';
  readonly area: string;
  readonly summary: string;
  /** Arguments as a playbook gives them, as JSON Schema. What JSON cannot hold has a `title` in place of a type. */
  readonly args: z.core.JSONSchema.JSONSchema;
}

/** Every module, then every action, by area and name. */
export const describeModules = (): Description[] => [...modules.map((entry) => describe('module', entry)), ...actions.map((entry) => describe('action', entry))];

function describe(kind: Description['kind'], { area, folder, of }: Entry<{ readonly name: string; readonly summary: string; readonly args: z.ZodType }>): Description {
  const { name, summary, args } = of;
  return { name, kind, area, summary, args: z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' }), ...(examples[folder] ?? { examples: [], refuses: [] }) };
}
