import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PlinthError } from '../../contract/diagnostic.ts';
import { packageFields } from './starter/packageFile.ts';

const text = z.record(z.string(), z.string()).optional();
const packageJson = z.looseObject({ name: z.string().optional(), type: z.string().optional(), scripts: text, dependencies: text, devDependencies: text });

/**
 * The text of package.json with what the starter needs added. `npm install plinth` has made one already: what it says is kept.
 * @throws PlinthError where it cannot be read, or says that the project is CommonJS.
 */
export async function mergedPackageJson(path: string, name: string, version: string, playbook: string): Promise<string> {
  const found = await readPackageJson(path);
  if (found.type !== undefined && found.type !== 'module') {
    throw new PlinthError({ cause: 'usage', summary: `${path} says "type": ${JSON.stringify(found.type)}, but playbooks are ES modules`, hint: 'Set "type": "module" there (or remove the line), or start in an empty folder.' });
  }
  const wanted = packageFields(name, version, playbook);
  const merged: Record<string, unknown> = { ...wanted, ...found };
  for (const key of ['scripts', 'dependencies', 'devDependencies'] as const) {
    const ours = wanted[key];
    // A tool that is a dependency already does not become one a second time.
    const kept = { ...found[key], ...(key === 'devDependencies' ? found.dependencies : {}) };
    merged[key] = { ...Object.fromEntries(Object.entries(typeof ours === 'object' ? ours : {}).filter(([entry]) => !(entry in kept))), ...found[key] };
  }
  return `${JSON.stringify(merged, null, 2)}\n`;
}

async function readPackageJson(path: string): Promise<z.output<typeof packageJson>> {
  let source: string;
  try {
    source = await readFile(path, 'utf8');
  } catch {
    return {};
  }
  try {
    return packageJson.parse(JSON.parse(source));
  } catch (error) {
    throw new PlinthError({ cause: 'usage', summary: `${path} is not a package.json that can be read`, detail: error instanceof z.ZodError ? z.prettifyError(error) : String(error), hint: 'Mend it, or start in an empty folder.' });
  }
}
