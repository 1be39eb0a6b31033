const header = '<!-- Written by npm run docs from the module and its cases: do not edit. -->\n';
const areas = { files: 'Files', config: 'Configuration files', commands: 'Commands and conditions', system: 'The system', kernel: 'The kernel', packages: 'Packages', actions: 'Actions (for handlers)' };
const titleOf = (area) => areas[area] ?? area;

/** The page of one module. */
export function modulePage({ name, kind, area, summary, args, examples, refuses, output }) {
  return [
    `${header}\n# ${name}\n`,
    `${summary}\n`,
    `${titleOf(area)}. \`import { ${name} } from 'plinth/modules';\`\n`,
    '## Arguments\n',
    argumentTable(args),
    ...(output === undefined ? [] : ['## Output\n', `What other tasks may use: ${fieldsOf(output)}.\n`]),
    ...(examples.length === 0 ? [] : ['## Examples\n', ...examples.map(({ what, code }) => `${what}\n\n\`\`\`ts\n${code}\n\`\`\`\n`)]),
    ...(refuses.length === 0 ? [] : [kind === 'module' ? '## What it refuses\n' : '', `${refuses.map((what) => `- ${what}`).join('\n')}\n`]),
  ].join('\n');
}

/** The list of all. */
export function indexPage(all) {
  const names = [...new Set(all.map(({ area }) => area))];
  const ordered = [...Object.keys(areas).filter((area) => names.includes(area)), ...names.filter((area) => !(area in areas))];
  const sections = ordered.map((area) => {
    const rows = all.filter((one) => one.area === area).map(({ name, summary }) => `| [${name}](${name}.md) | ${cell(summary)} |`);
    return `## ${titleOf(area)}\n\n| Name | What |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${header}\n# Modules\n\nWhat a playbook can say. Each is imported from \`plinth/modules\`; \`plinth doc NAME\` shows the same in a terminal.\n\n${sections.join('\n')}`;
}

function argumentTable(schema) {
  const rows = rowsOf(schema, '');
  if (rows.length === 0) return 'None.\n';
  return `| Name | Type | Default | What |\n| --- | --- | --- | --- |\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

/** One row a field; those of records inside follow with their path. */
function rowsOf(schema, prefix) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const byDefault = field.default !== undefined ? `\`${code(JSON.stringify(field.default))}\`` : required.has(name) ? '**required**' : '';
    const row = [`\`${prefix}${name}\``, `\`${code(typeOf(field))}\``, byDefault, cell(field.description ?? '')];
    return [row, ...insideOf(field).flatMap(({ schema: inner, mark }) => rowsOf(inner, `${prefix}${name}${mark}.`))];
  });
}

function insideOf(field) {
  const all = [{ schema: field, mark: '' }, ...(field.anyOf ?? []).map((schema) => ({ schema, mark: '' }))];
  return all.flatMap(({ schema }) => [
    ...(schema.properties ? [{ schema, mark: '' }] : []),
    ...(schema.items?.properties ? [{ schema: schema.items, mark: '[]' }] : []),
    ...(schema.additionalProperties?.properties ? [{ schema: schema.additionalProperties, mark: '.*' }] : []),
  ]);
}

function typeOf(schema) {
  if (schema.title) return schema.title;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return [...new Set(union.map(typeOf))].join(' | ');
  if (schema.type === 'array') {
    const item = typeOf(schema.items ?? {});
    return item.includes(' ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.properties) return '{ ... }';
  if (schema.type === 'object') return `Record<string, ${typeOf(schema.additionalProperties ?? {})}>`;
  if (schema.type === 'integer') return 'number';
  return schema.type ?? 'any';
}

const literal = (value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
const fieldsOf = (output) => (typeof output === 'object' && output !== null && !Array.isArray(output) ? Object.keys(output).map((key) => `\`${key}\``).join(', ') : `\`${JSON.stringify(output)}\``);
const code = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const cell = (text) => code(text).replaceAll('<', '&lt;');
