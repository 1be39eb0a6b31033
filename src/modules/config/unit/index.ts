import { z } from 'zod';
import { change, defineModule, read, sh } from '../../../contract/index.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { isTemplate, unitFileName } from '../owned/unitFile.ts';
import { unitSections, unitText, wholeText } from '../owned/unitSections.ts';
import { verifyingUnit } from '../owned/verifying.ts';

/** Whether it runs, and whether it starts at boot, is for the module `service`, whose `newerThan` restarts it by this file. */
export const unit = defineModule({
  name: 'unit',
  summary: 'A unit file of systemd in /etc/systemd/system, checked before it is put in place and loaded.',

  args: z
    .strictObject({
      name: unitFileName().describe('The unit; without an ending it is a service. A template such as `worker@.service` too.'),
      sections: unitSections().optional().describe('Settings by section, in the words of systemd. A list stands for a setting that is given several times.'),
      text: wholeText().optional().describe('The whole file, in place of `sections`.'),
      verify: z.boolean().default(true).describe('Refuses a file that `systemd-analyze verify` complains of, where that is there. Without it programs may be missing too.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` stops and disables the unit, unless a package brings one of the same name, and takes the file away.'),
    })
    .refine(({ state, sections, text }) => [sections, text].filter((one) => one !== undefined).length === (state === 'present' ? 1 : 0), 'a unit that is present wants either sections or text, and one that is absent neither'),

  observe: ({ name }) => Object.assign(observeOwned(pathOf(name)), { vendor: read.stat(`/usr/lib/systemd/system/${name}`), vendorOld: read.stat(`/lib/systemd/system/${name}`) }, read.each('unit', isTemplate(name) ? [] : [name], read.unit)),

  *plan({ name, sections, text, verify, state }, { vendor, vendorOld, ...observed }) {
    const found = observed[`unit ${name}`];
    const path = pathOf(name);
    if (state === 'absent' && observed.stat && !vendor && !vendorOld) {
      if (found && ['active', 'reloading', 'activating'].includes(found.active)) yield change(name, found.active, 'stopped', sh`systemctl stop -- ${name}`);
      if (found && ['enabled', 'enabled-runtime'].includes(found.file)) yield change(`${name} at boot`, found.file, 'disabled', sh`systemctl disable -- ${name}`);
    }
    const wanted = state === 'absent' ? undefined : (text ?? unitText(sections ?? {}));
    yield* planOwned({ path, text: wanted, check: verify ? verifyingUnit(name) : undefined, after: sh`systemctl daemon-reload` }, observed);
    if (wanted !== undefined && wanted === observed.text && found?.needDaemonReload) yield change(`definition of ${name}`, 'changed on disk', 'loaded', sh`systemctl daemon-reload`);
  },
});

const pathOf = (name: string): string => `/etc/systemd/system/${name}`;
