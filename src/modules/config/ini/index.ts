import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { keyedArgs, observeKeyed, planKeyed } from '../keyed/keyed.ts';
import { named } from '../keyed/named.ts';
import { editIni, type IniEdit } from './edit.ts';

const value = z.union([z.string().regex(/^(\S([^\n\r]*\S)?)?$/, 'must be one line without spaces around it'), z.number(), z.boolean(), z.null()]);
const sectionName = z.string().regex(/^[^\]\n\r]*$/, 'must be one line without a bracket').refine((name) => name === name.trim(), 'must have no spaces around it');
const keyName = z.string().regex(/^[^\s[#;=]([^=\n\r]*[^\s=])?$/, 'must be one line, without = in it and spaces around it, and not begin like a comment or a section');

/** Values are what stands behind `=`, up to the end of the line: comments on the same line are part of them, as for most readers. */
export const ini = defineModule({
  name: 'ini',
  summary: 'Keys in the sections of an INI file, set or taken away, all other lines kept as they are.',

  args: z
    .strictObject({
      ...keyedArgs,
      values: named(sectionName, named(keyName, z.union([value, z.array(value).min(1, 'must not be empty: name the key in absent')])))
        .default({})
        .describe('Keys by section; the section "" is what stands before the first. A list stands for several lines with this key, null for a key without `=`.'),
      absent: named(sectionName, z.union([z.literal(true), z.array(keyName).min(1, 'must not be empty')])).default({}).describe('Keys that should not be there, by section; true stands for the whole section, comments in it included.'),
      spaces: z.boolean().optional().describe('Spaces around `=` in new lines. Left out: as the lines around them, none in a new file.'),
      continued: z.enum(['never', 'backslash', 'indent']).default('never').describe("How a value goes on over the next line: `backslash` at its end (systemd), deeper `indent` (Python's configparser), or not at all."),
    })
    .superRefine(({ values, absent, continued }, ctx) => {
      const keys = (section: string): string[] => Object.keys(values[section] ?? {});
      if (Object.values(values).every((one) => Object.keys(one).length === 0) && Object.keys(absent).length === 0) ctx.addIssue({ code: 'custom', message: 'wants values, or keys that should be absent' });
      for (const [section, gone] of Object.entries(absent)) {
        const both = keys(section).find((key) => gone === true || gone.includes(key));
        if (both !== undefined) ctx.addIssue({ code: 'custom', path: ['absent', section], message: `${both} is wanted and not wanted` });
      }
      for (const [section, wanted] of Object.entries(values)) {
        for (const [key, one] of Object.entries(wanted)) if (continued === 'backslash' && [one].flat().some((part) => String(part).endsWith('\\'))) ctx.addIssue({ code: 'custom', path: ['values', section, key], message: 'must not end with a backslash, which would join the next line to it' });
      }
    }),

  observe: observeKeyed,

  *plan({ values, absent, spaces, continued, ...file }, observed) {
    const edits: IniEdit[] = [
      ...Object.entries(absent).flatMap(([section, keys]): IniEdit[] => (keys === true ? [{ section, key: undefined, values: undefined }] : keys.map((key) => ({ section, key, values: undefined })))),
      ...Object.entries(values).flatMap(([section, wanted]) => Object.entries(wanted).map(([key, one]): IniEdit => ({ section, key, values: [one].flat() }))),
    ];
    yield* planKeyed(file, (text) => editIni(text, edits, { spaces, continued }), observed);
  },
});
