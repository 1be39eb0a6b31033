import { z } from 'zod';
import { defineModule, secret } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { observePlaced, planPlaced } from '../placed.ts';
import { placing } from '../placing.ts';

export const template = defineModule({
  name: 'template',
  summary: 'A file made of a handlebars template, its variables checked by their schema.',

  args: z.strictObject({
    path: absolutePath().describe('Where the file is. Its directory must be there.'),
    from: z
      .strictObject(
        {
          template: z.string().describe('Name of the template.'),
          text: z.union([z.string(), secret()]).describe('The template with its variables filled in; a secret where one of them is.'),
        },
        'must be a template with its variables filled in: from: motd({ ... }), where motd comes from defineTemplate',
      )
      .describe('A template of the playbook with its variables filled in, as in motd({ owner: vars.owner }).'),
    ...placing,
  }),

  observe: ({ path, from }) => observePlaced({ path, content: from.text }),

  *plan({ from, ...args }, observed) {
    yield* planPlaced({ ...args, content: from.text }, observed);
  },
});
