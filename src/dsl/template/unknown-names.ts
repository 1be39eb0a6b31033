import type Handlebars from 'handlebars';
import type { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

/** A name that the template uses and that its variables cannot have. */
export interface UnknownName {
  readonly path: string;
  readonly line: number;
  readonly col: number;
  /** The names there are in its place. */
  readonly known: readonly string[];
}

/** What a name may stand for: `undefined` where it cannot be told. */
interface Scope {
  readonly context: Schema | undefined;
  readonly named: Readonly<Record<string, Schema | undefined>>;
  readonly outer: Scope | undefined;
}

/**
 * Holds every name of a template against the schema of its variables, also in branches that a rendering does not take
 * and in conditions, where handlebars lets a misspelt name pass as false.
 */
export function unknownNames(Visitor: typeof Handlebars.Visitor, tree: hbs.AST.Program, vars: Schema): UnknownName[] {
  const found: UnknownName[] = [];
  let scope: Scope = { context: vars, named: {}, outer: undefined };

  const within = (inner: Scope, visit: () => void): void => {
    const before = scope;
    scope = inner;
    visit();
    scope = before;
  };

  const lookUp = ({ parts, depth, data, original, loc }: hbs.AST.PathExpression): Schema | undefined => {
    if (data) return undefined;
    let at: Scope | undefined = scope;
    for (let up = 0; up < depth; up++) at = at?.outer;
    if (!at) return undefined;
    const [head = ''] = parts;
    const isNamed = depth === 0 && head in at.named;
    let schema = isNamed ? at.named[head] : at.context;
    for (const part of isNamed ? parts.slice(1) : parts) {
      const known = schema && fieldsOf(schema);
      if (!known) return undefined;
      if (!(part in known)) {
        found.push({ path: original, line: loc.start.line, col: loc.start.column + 1, known: Object.keys(known) });
        return undefined;
      }
      schema = known[part];
    }
    return schema;
  };

  const visitor = new Visitor();
  const enter = (block: hbs.AST.BlockStatement): void => {
    const call = block.path.type === 'PathExpression' ? block.path.original : '';
    const [first] = block.params;
    const over = first?.type === 'PathExpression' ? lookUp(first as hbs.AST.PathExpression) : undefined;
    const inner = call === 'each' ? itemOf(over) : over;
    const [name] = block.program.blockParams ?? [];
    const named = name === undefined ? scope.named : { ...scope.named, ...Object.fromEntries((block.program.blockParams ?? []).map((param) => [param, undefined])), [name]: inner };
    if (call === 'each' || call === 'with') within({ context: inner, named, outer: scope }, () => visitor.accept(block.program));
    else {
      block.params.slice(1).forEach((param) => visitor.accept(param));
      visitor.accept(block.program);
    }
    if (block.inverse) visitor.accept(block.inverse);
  };
  visitor.BlockStatement = enter;
  visitor.PathExpression = (path) => void lookUp(path);
  // The name of a helper is no variable; whether there is such a helper is handlebars' to say.
  const call = (node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): void => {
    if (node.params.length === 0 && !node.hash?.pairs.length) visitor.accept(node.path);
    node.params.forEach((param) => visitor.accept(param));
  };
  visitor.MustacheStatement = call;
  visitor.SubExpression = call;
  visitor.PartialStatement = () => undefined;
  visitor.accept(tree);
  return found;
}

/** Fields of a record whose every name is known. */
function fieldsOf(schema: Schema): Readonly<Record<string, Schema | undefined>> | undefined {
  if (!schema.properties || schema.additionalProperties !== false) return undefined;
  return Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, typeof field === 'boolean' ? undefined : field]));
}

function itemOf(schema: Schema | undefined): Schema | undefined {
  const item = schema?.items ?? schema?.additionalProperties;
  return typeof item === 'object' && !Array.isArray(item) ? item : undefined;
}
