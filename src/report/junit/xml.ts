// XML 1.0 has no way to write these, not even as a reference.
// oxlint-disable-next-line no-control-regex
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const escaped = (text: string): string => text.replace(impossible, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export type Node = readonly string[];
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element as indented lines. A string body is its text, one line of the node even where it has newlines; nodes are its children. */
export function element(name: string, attributes: Attributes, body: string | readonly Node[] = []): Node {
  const open = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join('');
  if (body.length === 0) return [`<${name}${open}/>`];
  if (typeof body === 'string') return [`<${name}${open}>${escaped(body)}</${name}>`];
  return [`<${name}${open}>`, ...body.flat().map((line) => `  ${line}`), `</${name}>`];
}
