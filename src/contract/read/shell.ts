import type { z } from 'zod';
import type { Kind, Reading } from '../reading.ts';
import { type Script, sh } from '../script/script.ts';

/**
 * The escape hatch: any read-only script, its standard output understood by a schema. It never joins with others, so it
 * costs a process of its own on the node; prefer a kind that exists. The script fails: the task fails, with its stderr.
 */
export function shell<S extends z.ZodType<unknown, string>>(script: Script, schema: S): Reading<z.output<S>> {
  const kind: Kind<z.output<S>> = {
    name: 'shell',
    script: () => sh`out=$(${script}
printf .); put 0 "$out"`,
    parse(text) {
      const parsed = schema.safeParse((text ?? '').slice(0, -1));
      if (parsed.success) return parsed.data;
      throw new Error(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; '));
    },
  };
  return { kind, key: '' };
}
