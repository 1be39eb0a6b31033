/** A case as a playbook would say it. */
export function exampleOf(call, name, { args, changes, example }) {
  if (example !== undefined) return example.trimEnd();
  const label = changes?.[0]?.what ?? name;
  const start = `${call}(${text(label)}, ${name}, `;
  const flat = literal(args);
  return start.length + flat.length <= 110 && !flat.includes('\n') ? `${start}${flat});` : `${start}${literal(args, '')});`;
}

/** A value as TypeScript: on one line, or from `indent` on over several. */
function literal(value, indent) {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `Buffer.from('${Buffer.from(value).toString('base64')}', 'base64')`;
  // Secrets and late values: the case knows only that there is one.
  if ('resolve' in value) return value.label === 'secret' ? 'vars.secret' : 'earlier.output';
  // What was read of this machine: its digests say nothing to people.
  if ('programs' in value && 'architecture' in value) return 'bundle';
  if ('files' in value && 'directories' in value) return `localTree(new URL('./${value.name}/', import.meta.url))`;
  const inner = indent === undefined ? undefined : `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => short(one, inner))
    : Object.entries(value).map(([key, one]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key)}: ${short(one, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const pad = Array.isArray(value) ? '' : ' ';
  if (parts.length === 0) return open + close;
  if (indent === undefined) return `${open}${pad}${parts.join(', ')}${pad}${close}`;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

/** On one line as long as it fits. */
function short(value, indent) {
  const flat = literal(value);
  return indent === undefined || (flat.length <= 90 && !flat.includes('\n')) ? flat : literal(value, indent);
}

const text = (value) => {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  return `'${escaped.replaceAll("'", "\\'")}'`;
};
