/** A page taken apart: enough of HTML for the pages that we write ourselves, whose attributes all stand in double quotes. */
export function parts(html: string): { readonly html: string; readonly tags: string[]; readonly attributes: string[]; readonly ids: string[]; readonly text: string } {
  const body = html.replace(/(<style>|<script>)[\s\S]*?(<\/style>|<\/script>)/g, '$1$2');
  const elements = [...body.matchAll(/<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/g)];
  const attributes = elements.flatMap(([, , all = '']) => [...all.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)]);
  // Every "<" begins an element, an end tag or the doctype: what is left over would be markup that nobody wrote.
  const strange = body.replaceAll(/<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>|<\/\w+>|<!doctype html>/g, '').match(/<.{0,40}/g);
  if (strange) throw new Error(`not understood: ${strange.join(' | ')}`);
  return {
    html,
    tags: elements.map(([, tag = '']) => tag),
    attributes: attributes.map(([, name = '']) => name),
    ids: attributes.filter(([, name]) => name === 'id').map(([, , value = '']) => value),
    text: unescape(body.replace(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' '),
  };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&', nbsp: ' ', rarr: '→', minus: '−', rsaquo: '›' };
const unescape = (text: string): string => text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
