export const motd = `import { change, defineModule, read, upload } from 'plinth';
import { z } from 'zod';

/** What is wanted, what is read, and the difference. Sending, checking and reporting are the engine's. */
export const motd = defineModule({
  name: 'motd',
  summary: 'The message of the day.',

  args: z.strictObject({
    text: z.string().min(1).describe('What people read when they log in, without the last newline.'),
  }),

  observe: () => ({ found: read.text('/etc/motd') }),

  *plan({ text }, { found }) {
    const wanted = \`\${text}\\n\`;
    if (found !== wanted) {
      yield change('/etc/motd', found, wanted, upload({ path: '/etc/motd', content: wanted, mode: '0644', owner: 'root', group: 'root' }));
    }
  },
});
`;

const differs = `what: Another message is replaced.
args: { text: Hello }
observed:
  found: |
    The programs included with the Debian GNU/Linux system are free software.
changes:
  - what: /etc/motd
    from: |
      The programs included with the Debian GNU/Linux system are free software.
    to: |
      Hello
`;

const converged = `what: The message is left alone where it is the wanted one.
args: { text: Hello }
observed:
  found: |
    Hello
changes: []
`;

const empty = `what: A message says something.
args: { text: '' }
error: text
`;

/** The module's cases, by file name. */
export const motdCases = { 'differs.yaml': differs, 'converged.yaml': converged, 'empty.yaml': empty };

export const modulesTest = `import { checkModule } from 'plinth/testing';
import { describe, expect, it } from 'vitest';
import { motd } from '../modules/motd/index.ts';

/** Every module of this project keeps the laws of modules, and does what its cases say. */
describe('motd', () => {
  for (const { law, problems } of checkModule(motd, 'modules/motd')) {
    it(law, () => expect(problems).toEqual([]));
  }
});
`;
