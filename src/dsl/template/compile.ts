import type Handlebars from 'handlebars';
import { z } from 'zod';
import { PlinthError } from '../../contract/diagnostic.ts';
import { helpers } from './helpers.ts';
import { loadHandlebars } from './load-handlebars.ts';
import { unknownNames } from './unknown-names.ts';

/** Variables in, text out. */
export type Render = (vars: unknown) => string;

/** Compiles once; every error is a PlinthError (`template`) that names the template's line. */
export function compileTemplate(name: string, source: string, vars: z.ZodType): Render {
  const handlebars = loadHandlebars();
  const engine = handlebars.create();
  for (const [helper, run] of Object.entries(helpers)) engine.registerHelper(helper, run);
  const tree = located(name, () => engine.parse(source));
  const strangers = unknownNames(handlebars.Visitor, tree, z.toJSONSchema(vars, { io: 'output', unrepresentable: 'any' }));
  if (strangers.length > 0) {
    throw new PlinthError(
      strangers.map(({ path, line, col, known }) => ({
        cause: 'template',
        summary: `there is no variable ${path}`,
        hint: known.length > 0 ? `There is ${known.join(', ')}.` : 'There are no variables here.',
        at: [{ file: name, line, col }],
      })),
    );
  }
  strictValues(handlebars.Visitor, tree);
  const template = engine.compile(tree, { strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers: Object.fromEntries(Object.keys(helpers).map((helper) => [helper, true])) });
  return (values) => located(name, () => template(values));
}

/** `{{x}}` becomes `{{value x "x"}}`, which refuses what has no text: handlebars would print nothing, or [object Object]. */
function strictValues(Visitor: typeof Handlebars.Visitor, tree: hbs.AST.Program): void {
  const visitor = new Visitor();
  visitor.MustacheStatement = (statement) => {
    if (statement.params.length > 0 || !('parts' in statement.path)) return;
    const { loc, original } = statement.path;
    const name: hbs.AST.StringLiteral = { type: 'StringLiteral', loc, value: original, original };
    const value: hbs.AST.PathExpression = { type: 'PathExpression', loc, data: false, depth: 0, parts: ['value'], original: 'value' };
    statement.params = [statement.path, name];
    statement.path = value;
  };
  visitor.accept(tree);
}

function located<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new PlinthError({ cause: 'template', ...explained(error), at: [{ file: name, ...placeOf(error) }] }, { cause: error });
  }
}

function explained({ message }: Error): { summary: string; detail?: string; hint?: string } {
  const helper = /used the unknown helper (\S+)/.exec(message);
  if (helper) return { summary: `there is no helper ${helper[1]}`, hint: `There is if, unless, each, with, lookup, ${Object.keys(helpers).filter((one) => one !== 'value').join(', ')}.` };
  if (message.includes('partial')) return { summary: 'a template cannot take in another one', hint: 'Render the other one first and give its text as a variable.' };
  const parse = /^Parse error on line \d+:\n([\s\S]*?)\nExpecting/.exec(message);
  if (parse) return { summary: 'the template does not parse', ...(parse[1] ? { detail: parse[1] } : {}) };
  return { summary: message.replace(/ - \d+:\d+$/, '') };
}

/** Handlebars says where in a property or, of parse errors, in its text. Columns count from 1 here. */
function placeOf(error: Error): { line: number; col: number } {
  const at = (key: string): number | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'number' ? value : undefined;
  };
  const inText = /line (\d+)/.exec(error.message)?.[1] ?? / - (\d+):\d+$/.exec(error.message)?.[1];
  return { line: at('lineNumber') ?? Number(inText ?? 1), col: (at('column') ?? 0) + 1 };
}
