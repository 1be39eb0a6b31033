import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Late, PlinthError, showDiagnostic, Secret, secret } from '../../src/contract/index.ts';
import { defineTemplate } from '../../src/dsl/template/index.ts';

const vars = z.strictObject({
  name: z.string(),
  note: z.string().optional(),
  ports: z.array(z.strictObject({ port: z.int(), open: z.boolean() })).default([]),
  labels: z.record(z.string(), z.string()).default({}),
  kubelet: z.strictObject({ maxPods: z.int() }).optional(),
});
const of = (source: string) => defineTemplate({ name: 'node.hbs', source, vars });
const given = { name: 'cp1', ports: [{ port: 22, open: true }, { port: 6443, open: false }], labels: { zone: 'a & b' } };

describe('a template', () => {
  it('fills in variables without escaping them', () => {
    const template = of('host {{name}}\n{{#each ports}}port {{port}}{{#unless open}} closed on {{../name}}{{/unless}}\n{{/each}}{{#each labels}}{{@key}}={{this}}\n{{/each}}');
    expect(template(given)).toEqual({ template: 'node.hbs', text: 'host cp1\nport 22\nport 6443 closed on cp1\nzone=a & b\n' });
  });

  it('lets a condition ask for what may be left out', () => {
    const template = of('{{name}}{{#if note}}: {{note}}{{/if}}{{#if kubelet}} {{kubelet.maxPods}}{{/if}}');
    expect(template({ name: 'a' }).text).toBe('a');
    expect(template({ name: 'a', note: 'b', kubelet: { maxPods: 9 } }).text).toBe('a: b 9');
  });

  it('has helpers for lists, records and indented text', () => {
    const template = of('{{join (lookup this "list") ","}}');
    expect(() => template(given)).toThrow('join wants a list');
    expect(of('{{json labels}} {{indent 2 name}}')({ name: 'a\n\nb', labels: { x: 'y' } }).text).toBe('{"x":"y"} a\n\n  b');
  });

  it('keeps a secret a secret: its text is filled in only where it is sent', async () => {
    const template = defineTemplate({ name: 'token.hbs', source: 'token={{token}} for {{name}}\n', vars: z.strictObject({ token: secret(), name: z.string() }) });
    const { text } = template({ token: new Secret('join token', async () => 's3cret'), name: 'a' });
    expect(text).toBeInstanceOf(Secret);
    expect(text instanceof Secret && (await text.resolve())).toBe('token=s3cret for a\n');
    expect(JSON.stringify(text)).toBe('"<token.hbs>"');
  });

  it('is read from a file', () => {
    const dir = mkdtempSync(join(tmpdir(), 'plinth-'));
    writeFileSync(join(dir, 'a.hbs'), 'name: {{name}}\n');
    expect(defineTemplate({ file: pathToFileURL(join(dir, 'a.hbs')), vars })({ name: 'b' }).text).toBe('name: b\n');
    rmSync(dir, { recursive: true });
    expect(messageOf(() => defineTemplate({ file: join(dir, 'a.hbs'), vars }))).toContain('a.hbs cannot be read');
  });
});

describe('a template says where it is wrong', () => {
  const wrong = (source: string, values: z.input<typeof vars> = given): string => messageOf(() => of(source)(values));

  it('an unknown variable, with the names there are', () => {
    expect(wrong('a\n  {{nmae}}\n')).toBe('node.hbs:2:5: there is no variable nmae\n  → There is name, note, ports, labels, kubelet.');
  });
  it('an unknown variable in a condition and in a branch that is not taken', () => {
    expect(wrong('{{#if nmae}}x{{/if}}')).toContain('node.hbs:1:7: there is no variable nmae');
    expect(wrong('{{#if note}}\n{{#each ports}}{{prot}}{{/each}}\n{{/if}}')).toContain('node.hbs:2:18: there is no variable prot\n  → There is port, open.');
    expect(wrong('{{#each ports}}{{../nmae}}{{/each}}')).toContain('there is no variable ../nmae');
    expect(wrong('{{#with kubelet}}{{minPods}}{{/with}}')).toContain('there is no variable minPods');
    expect(wrong('{{#each ports as |p|}}{{p.prot}}{{/each}}')).toContain('there is no variable p.prot');
  });
  it('a variable without a value', () => {
    expect(wrong('{{note}}', { name: 'a' })).toContain('node.hbs:1:1: note has no value here (there is name, ports, labels): give it one');
    expect(wrong('{{note}}', { name: 'a', note: undefined })).toContain('node.hbs:1:1: note has no value here');
    expect(wrong('{{#each ports}}{{this}}{{/each}}')).toContain('node.hbs:1:16: this is a record, which has no text of its own');
  });
  it('a list or record that has no text', () => {
    expect(wrong('x\n{{ports}}')).toContain('node.hbs:2:1: ports is a list, which has no text of its own');
    expect(wrong('{{labels}}')).toContain('labels is a record');
  });
  it('a helper it does not know', () => {
    expect(wrong('{{upper name}}')).toContain('there is no helper upper\n  → There is if, unless, each, with, lookup, json, join, indent.');
  });
  it('what does not parse', () => {
    expect(wrong('a\n{{#if name}}')).toContain('node.hbs:2:1: the template does not parse\n  a{{#if name}}');
  });
  it('another template taken in', () => {
    expect(wrong('{{> other}}')).toContain('a template cannot take in another one');
  });
  it('variables that do not fit the schema', () => {
    expect(messageOf(() => of('{{name}}')({ name: 'a', ports: [{ port: 1.5, open: true }] }))).toContain('node.hbs: ports: 0: port: ');
  });
  it('a late value, which could not be compared', () => {
    const template = defineTemplate({ name: 't.hbs', source: '{{x}}', vars: z.strictObject({ x: z.instanceof(Late<string>) }) });
    expect(messageOf(() => template({ x: new Late('minted', async () => 'x') }))).toContain('<minted> is known only at apply time');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PlinthError) || error.diagnostics.some(({ cause }) => cause !== 'template')) throw error;
    // The last place of each is the call, here.
    for (const { at } of error.diagnostics) expect(at?.at(-1)?.file).toContain('template.test.ts');
    return error.diagnostics.map(({ at = [], ...one }) => showDiagnostic({ ...one, at: at.slice(0, -1) })).join('\n');
  }
  return 'nothing was thrown';
}
