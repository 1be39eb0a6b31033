import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ScalarTag } from 'yaml';
import { z } from 'zod';
import { Late, Secret, type Source } from '../contract/index.ts';
import { type ActionCase, actionCaseSchema, type Case, caseSchema, type Exemption, exemptionSchema, type LabCase, labCaseSchema } from './case.ts';

/** Every case of a module's folder, by file name. */
export const readCases = (folder: string): Case[] => caseFiles(folder).map((file) => ({ ...readYaml(join(folder, file), caseSchema), file }));

/** Every example of an action's folder, by file name. */
export const readActionCases = (folder: string): ActionCase[] => caseFiles(folder).map((file) => ({ ...readYaml(join(folder, file), actionCaseSchema), file }));

/** What is to be tried on real nodes. */
export const readLabCases = (folder: string): LabCase[] => readYamlIfThere(join(folder, 'lab.yaml'), z.array(labCaseSchema));

/** Which laws the module need not keep. */
export const readExemptions = (folder: string): Exemption[] => readYamlIfThere(join(folder, 'exempt.yaml'), z.array(exemptionSchema));

function caseFiles(folder: string): string[] {
  const cases = join(folder, 'cases');
  if (!existsSync(cases)) return [];
  return readdirSync(cases)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `cases/${name}`);
}

const readYamlIfThere = <T>(file: string, schema: z.ZodType<T[]>): T[] => (existsSync(file) ? readYaml(file, schema) : []);

function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8'), { customTags: [secretTag, lateTag, sourceTag, source64Tag, 'binary'] }));
  if (parsed.success) return parsed.data;
  throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
}

/** `!secret text` stands for a secret with that value, `!late text` for a late value, `!source text` for the content of a file, `!source64` for one in base64. */
const secretTag: ScalarTag = { tag: '!secret', resolve: (value) => new Secret('secret', async () => value) };
const lateTag: ScalarTag = { tag: '!late', resolve: (value) => new Late('late', async () => value) };
const sourceTag: ScalarTag = { tag: '!source', resolve: (value) => sourceOf(Buffer.from(value)) };
const source64Tag: ScalarTag = { tag: '!source64', resolve: (value) => sourceOf(Buffer.from(value, 'base64')) };

const sourceOf = (bytes: Buffer): Source => ({
  kind: 'source',
  label: 'source',
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  async *open() {
    yield bytes;
  },
  text: () => bytes.toString('utf8'),
});
