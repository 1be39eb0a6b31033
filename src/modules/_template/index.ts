import { z } from 'zod';
import { change, defineModule, read, sh } from '../../contract/index.ts';
import { absolutePath } from '../args/absolutePath.ts';

/** One sentence on what a playbook says with it, and the one thing that may surprise. */
export const moduleName = defineModule({
  name: 'moduleName',
  summary: 'A file of one line.',

  args: z.strictObject({
    path: absolutePath().describe('Where the file is.'),
    line: z.string().regex(/^[^\n]*$/, 'must be one line').describe('Its only line, without the newline.'),
  }),

  observe: ({ path }) => ({ found: read.text(path) }),

  *plan({ path, line }, { found }) {
    const wanted = `${line}\n`;
    if (found !== wanted) yield change(path, found, wanted, sh`printf '%s\n' ${line} >${path}`);
  },
});
