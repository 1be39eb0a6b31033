import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Texts of tagged templates in a source, with anything beyond ASCII. */
function beyondAscii(name: string, source: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach(walk);
    const { type, quasi } = node as { readonly type?: string; readonly quasi?: { readonly quasis: readonly { readonly value: { readonly raw: string } }[] } };
    // oxlint-disable-next-line no-control-regex
    if (type === 'TaggedTemplateExpression' && quasi) found.push(...quasi.quasis.map(({ value }) => value.raw).filter((text) => /[^\u0000-\u007F]/.test(text)).map((text) => `${name}: ${text.trim().slice(0, 60)}`));
    Object.values(node).forEach(walk);
  };
  walk(parseSync(name, source).program);
  return found;
}

/**
 * The bundle is read as latin1, which is fast, and esbuild writes other characters as escapes, which is safe; but the raw text of a
 * tagged template it must leave as it is.
 */
describe('tagged templates', () => {
  it('are looked into', () => expect(beyondAscii('a.ts', 'const a = tag`one → ${1} two`; const b = `→`;')).toEqual(['a.ts: one →']));

  it('are ASCII, so that the bundle keeps them', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((name) => beyondAscii(name, readFileSync(join(src, name), 'utf8')))).toEqual([]);
  });
});
