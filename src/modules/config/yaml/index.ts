import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { removals, settings, soundEdits } from '../keyed/edits.ts';
import { keyedArgs, observeKeyed, planKeyed } from '../keyed/keyed.ts';
import { editYaml } from './edit.ts';

/** Comments inside of a map or list that is replaced as a whole go with it. */
export const yaml = defineModule({
  name: 'yaml',
  summary: 'Keys of a YAML file, set or taken away, comments and all else kept as they are.',

  args: z
    .strictObject({
      ...keyedArgs,
      values: settings(z.json()).prefault({}).describe('What should be there by its path of keys, such as `network.version` or `spec.containers[0].image`. A map or list replaces the whole of what is there.'),
      absent: removals().prefault([]).describe('Paths of keys that should not be there.'),
      document: z.int().min(0).default(0).describe('Which document of the file, where --- parts several; they count from 0.'),
    })
    .superRefine(soundEdits),

  observe: observeKeyed,

  *plan({ values, absent, document, ...file }, observed) {
    yield* planKeyed(file, (text) => editYaml(text, [...absent, ...values], document), observed);
  },
});
