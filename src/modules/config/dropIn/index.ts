import { z } from 'zod';
import { change, defineModule, read, sh } from '../../../contract/index.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { isTemplate, unitFileName } from '../owned/unitFile.ts';
import { unitSections, unitText, wholeText } from '../owned/unitSections.ts';
import { verifyingDropIn } from '../owned/verifying.ts';

/** A running unit goes by the new settings once it is restarted: `newerThan` of the module `service` does that by this file. */
export const dropIn = defineModule({
  name: 'dropIn',
  summary: 'Settings added to a systemd unit that others own, in a file of their own.',

  args: z
    .strictObject({
      unit: unitFileName().describe('The unit; without an ending it is a service. It need not be there yet.'),
      name: z
        .string()
        .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'must be a file name without folder')
        .transform((name) => name.replace(/\.conf$/, ''))
        .describe('Name of the file in UNIT.d, without `.conf`. Drop-ins are read by name: a later one wins.'),
      sections: unitSections().optional().describe("Settings by section, in the words of systemd. A list stands for a setting that is given several times; `['', ...]` empties what the unit says first."),
      text: wholeText().optional().describe('The whole file, in place of `sections`.'),
      verify: z.boolean().default(true).describe('Refuses settings that `systemd-analyze verify` complains of, where that and the unit are there.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, sections, text }) => [sections, text].filter((one) => one !== undefined).length === (state === 'present' ? 1 : 0), 'a drop-in that is present wants either sections or text, and one that is absent neither'),

  observe: ({ unit, name }) => Object.assign(observeOwned(pathOf(unit, name)), read.each('unit', isTemplate(unit) ? [] : [unit], read.unit)),

  *plan({ unit, name, sections, text, verify, state }, observed) {
    const wanted = state === 'absent' ? undefined : (text ?? unitText(sections ?? {}));
    yield* planOwned({ path: pathOf(unit, name), text: wanted, check: verify ? verifyingDropIn(unit, name) : undefined, after: sh`systemctl daemon-reload`, ownsDirectory: true }, observed);
    if (wanted === observed.text && observed[`unit ${unit}`]?.needDaemonReload) yield change(`definition of ${unit}`, 'changed on disk', 'loaded', sh`systemctl daemon-reload`);
  },
});

const pathOf = (unit: string, name: string): string => `/etc/systemd/system/${unit}.d/${name}.conf`;
