import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { removals, settings, soundEdits } from '../keyed/edits.ts';
import { keyedArgs, observeKeyed, planKeyed } from '../keyed/keyed.ts';
import { editToml } from './edit.ts';
import type { TomlValue } from './render.ts';

const value: z.ZodType<TomlValue, TomlValue> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.array(value)]));

/**
 * Keys that are new go behind their siblings; a table that is new goes behind its kin. Dates cannot be set, and a number
 * without a fraction is written as an integer: one that is there as `1.0` counts as 1.
 */
export const toml = defineModule({
  name: 'toml',
  summary: 'Keys of a TOML file, set or taken away, comments and all else kept byte for byte.',

  args: z
    .strictObject({
      ...keyedArgs,
      values: settings(value).prefault({}).describe('What should be there by its path of keys, such as `plugins."io.containerd.grpc.v1.cri".sandbox_image` or `servers[0].port`. A list replaces the whole of what is there.'),
      absent: removals().prefault([]).describe('Paths of keys, or of whole tables, that should not be there.'),
    })
    .superRefine(soundEdits),

  observe: observeKeyed,

  *plan({ values, absent, ...file }, observed) {
    yield* planKeyed(file, (text) => editToml(text, [...absent, ...values]), observed);
  },
});
