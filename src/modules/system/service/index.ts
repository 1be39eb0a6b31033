import { z } from 'zod';
import { change, defineModule, read, refuse, type Script, sh, type Unit } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { unitName } from '../../args/unitName.ts';
import { started } from './started.ts';

/**
 * A unit of systemd: running or not, at boot or not. `newerThan` makes a restart a matter of state: it is due while the unit
 * was started before one of the files was last written, however the run before this one ended.
 */
export const service = defineModule({
  name: 'service',
  summary: 'A systemd unit started, stopped, enabled or masked, and restarted when its files are newer.',

  args: z
    .strictObject({
      name: unitName().describe('The unit; without an ending it is a service.'),
      state: z.enum(['started', 'stopped', 'any']).optional().describe('`any` leaves it as found. Default: `started`, or `stopped` where it is masked.'),
      enabled: z.boolean().optional().describe('Started at boot. Left out: as found.'),
      masked: z.boolean().optional().describe('Cannot be started at all. Left out: as found.'),
      fromPackage: z.boolean().default(false).describe('A package that an earlier task installs brings the unit. apt enables what it brings, so a plan of a node without it does not tell that as a change.'),
      newerThan: z.array(absolutePath()).default([]).describe('Files that it reads when it starts: it is restarted when one of them was written later. Files that are not there do not count.'),
    })
    .refine(({ masked, state, enabled }) => !masked || (state !== 'started' && enabled !== true), 'a masked unit can neither be started nor enabled'),

  observe: ({ name, newerThan, fromPackage }) =>
    Object.assign({ unit: read.unit(name) }, read.each('manager', fromPackage ? ['of packages'] : [], read.packageManager), read.each('start of', newerThan.length > 0 ? [name] : [], read.unitStart), read.each('file', newerThan, read.fileTime)),

  *plan({ name, enabled, masked, newerThan, ...args }, { unit, ...observed }) {
    const state = args.state ?? (masked ? 'stopped' : 'started');
    const isMasked = unit !== undefined && (unit.load === 'masked' || unit.file.startsWith('masked'));
    const wantsUse = state === 'started' || enabled === true;

    if (unit && ['error', 'bad-setting'].includes(unit.load)) {
      yield refuse(`systemd cannot load ${name}`, `its load state is ${unit.load}`, { hint: `See \`systemd-analyze verify ${name}\`.` });
      return;
    }
    if (isMasked && masked === undefined && wantsUse) {
      yield refuse(`${name} is masked`, 'systemd starts no masked unit', { hint: 'Someone did not want it to run. Say `masked: false` to lift the mask.' });
      return;
    }
    if (enabled && unit && ['static', 'transient'].includes(unit.file)) {
      yield refuse(`${name} cannot be enabled`, `its unit file is ${unit.file}: it has no [Install] section`, { hint: 'Leave `enabled` out: other units start it. Or give it an [Install] section by a drop-in.' });
      return;
    }
    if (state === 'started' && unit?.type === 'oneshot' && !unit.remainAfterExit) {
      yield refuse(`${name} runs once and ends, so it cannot be kept started`, 'it is of type oneshot without RemainAfterExit', { hint: "Say `state: 'any'` to see to `enabled` alone, or run it by a handler (restartService)." });
      return;
    }

    const due = unit && newerThan.find((file) => later(observed[`file ${file}`], observed[`start of ${name}`]));
    const run = (script: Script): Script => (unit?.needDaemonReload ? sh.lines([sh`systemctl daemon-reload`, script]) : script);
    let reloaded = false;
    if (isMasked && masked === false) yield change(`mask of ${name}`, 'masked', 'none', sh`systemctl unmask -- ${name}`);
    const comesEnabled = unit === undefined && observed['manager of packages'] === 'apt';
    if (enabled && !isEnabled(unit) && !comesEnabled) {
      reloaded = true;
      yield change(`${name} at boot`, notEnabled(unit), 'enabled', run(sh`systemctl enable -- ${name}`));
    }
    if (state === 'started' && !isRunning(unit)) {
      reloaded = true;
      yield change(name, notRunning(unit), 'started', run(started(name, 'start')));
    } else if (state === 'started' && due !== undefined) {
      reloaded = true;
      yield change(name, `started before ${due} was written`, 'restarted', run(started(name, 'restart')));
    }
    if (state === 'stopped' && unit && isRunning(unit, true)) yield change(name, 'started', 'stopped', sh`systemctl stop -- ${name}`);
    if (enabled === false && unit && ['enabled', 'enabled-runtime', 'alias'].includes(unit.file)) yield change(`${name} at boot`, unit.file, 'disabled', sh`systemctl disable -- ${name}`);
    if (masked && !isMasked) yield change(`mask of ${name}`, 'none', 'masked', sh`systemctl mask -- ${name}`);
    if (unit?.needDaemonReload && !reloaded) yield change(`definition of ${name}`, 'changed on disk', 'loaded', sh`systemctl daemon-reload`);
  },

  output: (_, { unit }) => unit,
});

const later = (file: number | undefined, start: number | undefined): boolean => file !== undefined && start !== undefined && file > start;

/** While it is on its way it is started again, which waits for the end of it; a unit in a crash loop is never there. */
const isRunning = (unit: Unit | undefined, orComing = false): boolean => unit !== undefined && (['active', 'reloading', 'refreshing'].includes(unit.active) || (orComing && unit.active === 'activating'));

/** A unit that an earlier task brings is told as it will be then, so that a plan says what apply will say. */
const notRunning = (unit: Unit | undefined): string => (unit === undefined || unit.active === 'inactive' ? 'stopped' : unit.active);
const notEnabled = (unit: Unit | undefined): string => unit?.file || 'disabled';

const isEnabled = (unit: Unit | undefined): boolean => unit !== undefined && ['enabled', 'alias', 'indirect', 'generated'].includes(unit.file);
