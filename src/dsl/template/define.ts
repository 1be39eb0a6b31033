import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { PlinthError } from '../../contract/diagnostic.ts';
import { type Late, Secret } from '../../contract/late.ts';
import type { Located } from '../../contract/located.ts';
import { callSite } from '../callsite.ts';
import { compileTemplate, type Render } from './compile.ts';
import { latesIn, withLates } from './lates.ts';

/** A template with its variables filled in; the modules `template` and, by its text, `file` put it in place. */
export interface Rendering {
  /** The template's name. */
  readonly template: string;
  /** A secret where a variable was one. */
  readonly text: string | Secret;
}

/** Fills in the variables. @throws PlinthError (`template`) for variables that do not fit or that are used and not there. */
export interface Template<V extends z.ZodType> {
  (vars: z.input<V>): Rendering;
  readonly source: string;
}

export interface TemplateFile<V extends z.ZodType> {
  /** The template's file: `new URL('./kubelet.hbs', import.meta.url)`, or a path. Read when the playbook loads. */
  readonly file: URL | string;
  /** What its variables look like. A name that the template uses and this does not know is an error. */
  readonly vars: V;
}

export interface TemplateText<V extends z.ZodType> {
  readonly name: string;
  readonly source: string;
  readonly vars: V;
}

/**
 * A handlebars template with the schema of its variables: strict about names, nothing escaped (these are files, not
 * pages). Beside handlebars' own `if`, `unless`, `each`, `with` and `lookup` it knows `json`, `join` and `indent`.
 *
 *     export const motd = defineTemplate({ file: new URL('./motd.hbs', import.meta.url), vars: z.strictObject({ owner: z.string() }) });
 *     task('message of the day', template, { path: '/etc/motd', from: motd({ owner: vars.owner }) });
 */
export function defineTemplate<V extends z.ZodType>(template: TemplateFile<V> | TemplateText<V>): Template<V> {
  const { name, source } = 'source' in template ? template : readTemplate(template.file, () => callSite(defineTemplate));
  let compiled: Render | undefined;
  const fill = (given: z.input<V>): Rendering => {
    try {
      compiled ??= compileTemplate(name, source, template.vars);
      return { template: name, text: rendered(name, compiled, parseVars(name, template.vars, given)) };
    } catch (error) {
      if (!(error instanceof PlinthError)) throw error;
      const at = callSite(fill);
      throw new PlinthError(error.diagnostics.map((one) => ({ ...one, at: [...(one.at ?? []), at] })), { cause: error });
    }
  };
  return Object.assign(fill, { source });
}

function readTemplate(file: URL | string, at: () => Located): { name: string; source: string } {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  const name = relative(process.cwd(), path);
  try {
    return { name, source: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new PlinthError({ cause: 'template', summary: `the template ${name} cannot be read`, detail: String(error), at: [at()] }, { cause: error });
  }
}

function parseVars<V extends z.ZodType>(name: string, schema: V, given: z.input<V>): z.output<V> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new PlinthError(parsed.error.issues.map(({ path, message }) => ({ cause: 'template', summary: `${[name, ...path.map(String)].join(': ')}: ${message}`, hint: 'These are the variables that the template was given.' })));
}

/** A first rendering with labels for secrets finds every error before a connection. */
function rendered(name: string, render: Render, vars: unknown): string | Secret {
  const lates = latesIn(vars);
  const late = lates.find((one) => !(one instanceof Secret));
  if (late) {
    throw new PlinthError({ cause: 'template', summary: `${name}: <${late.label}> is known only at apply time, so a file made of it could not be compared`, hint: 'Hand late values to a command, or write them by a module made for them; a template takes secrets.' });
  }
  const labelled = render(withLates(vars, (one) => `<${one.label}>`));
  if (lates.length === 0) return labelled;
  return new Secret(name, async () => {
    const values = new Map<Late<unknown>, unknown>();
    for (const one of lates) values.set(one, await one.resolve());
    return render(withLates(vars, (one) => values.get(one)));
  });
}
