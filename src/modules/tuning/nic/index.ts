import { z } from 'zod';
import { change, defineModule, guarded, quote, read, refuse, sh } from '../../../contract/index.ts';
import { nicName } from '../../args/nicName.ts';
import { type AtBoot, observeAtBoot, planNotAtBoot, planScript, planUnit, rememberedIn } from '../atBoot.ts';
import { type Setting, settingsOf } from './wanted.ts';

const count = () => z.union([z.int().min(1), z.literal('max')]);

/**
 * What ethtool sets of a network card, now and at every boot. Changing channels or rings takes the link down for a moment on
 * many drivers, so that is taken back unless a new connection confirms it. Pin interrupts (`irqAffinity`) afterwards.
 */
export const nic = defineModule({
  name: 'nic',
  summary: 'Channels, rings, offloads and coalescing of a network card, now and at every boot.',

  args: z
    .strictObject({
      nic: nicName().describe('The network card.'),
      channels: z.partialRecord(z.enum(['rx', 'tx', 'other', 'combined']), count()).optional().describe('Queues by kind. `max`: as many as the card has, and none where it has none of that kind.'),
      rings: z.partialRecord(z.enum(['rx', 'rx-mini', 'rx-jumbo', 'tx']), count()).optional().describe('Length of the rings. `max`: as long as the card can.'),
      offloads: z.record(z.string().regex(/^[a-z][\w-]*$/), z.boolean()).optional().describe('Offloads by the long names of `ethtool -k`, such as generic-receive-offload.'),
      coalescing: z.record(z.string().regex(/^[a-z][\w-]*$/), z.union([z.int().min(0), z.boolean()])).optional().describe('How long interrupts wait for more, by the names of `ethtool -c`, such as rx-usecs and adaptive-rx.'),
      whereMissing: z.enum(['refuse', 'skip']).default('refuse').describe('What to make of a setting that the card does not have: `skip` sets the others.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back how it was before.'),
    })
    .refine(({ state, channels, rings, offloads, coalescing }) => state === 'absent' || channels !== undefined || rings !== undefined || offloads !== undefined || coalescing !== undefined, 'must say what is to be set: channels, rings, offloads or coalescing'),

  observe: ({ nic: name }) => ({ found: read.ethtool(name), ...observeAtBoot(`nic-${name}`) }),

  *plan({ nic: name, whereMissing, state, ...wanted }, { found, ...boot }) {
    const unit = `nic-${name}`;
    const before = rememberedIn(boot.script);
    if (state === 'absent') {
      yield* planNotAtBoot(unit, boot);
      if (typeof found === 'object') for (const setting of settingsBack(before, found)) if (setting.from !== setting.to) yield toChange(name, setting);
      return;
    }
    if (!found) {
      yield refuse(`there is no network card ${name}`, `no /sys/class/net/${name}`, { hint: 'See `plinth facts --output json` for the names of the cards.', final: true });
      return;
    }
    if (found === 'no ethtool') {
      yield refuse('ethtool is not installed', 'what a card can is read and set by it', { hint: 'Install the package ethtool in an earlier task.' });
      return;
    }
    const { settings, impossible } = settingsOf(wanted, found);
    if (impossible.length > 0 && whereMissing === 'refuse') {
      yield refuse(`${name} cannot do ${impossible.map(({ what }) => what).join(', ')}`, impossible.map(({ what, found: is }) => `${what}: ${is}`).join('\n'), { hint: "Ask for what it has (`ethtool -l`, `-g`, `-k`, `-c`), or say `whereMissing: 'skip'`.", final: true });
      return;
    }
    if (settings.length === 0) {
      yield* planNotAtBoot(unit, boot);
      return;
    }
    const atBoot: AtBoot = {
      name: unit,
      description: `settings of ${name}`,
      after: ['network-pre.target', 'systemd-udev-settle.service', 'network-online.target'],
      before: { ...Object.fromEntries(settings.map((one) => [one.name, one.from])), ...before },
      body: settings.map(({ flag, word, to }) => `ethtool ${flag} ${quote(name)} ${word} ${to} || echo ${quote(`${name} does not take ${word} ${to}`)} >&2\n`).join(''),
    };
    yield* planScript(atBoot, boot);
    for (const setting of settings) if (setting.from !== setting.to) yield toChange(name, setting);
    yield* planUnit(atBoot, boot);
  },

  output: ({ nic: name }, { found }) => ({ nic: name, channels: typeof found === 'object' ? (found.channels?.now ?? {}) : {} }),
});

/** Only what differs is set: ethtool fails where nothing is to be done. Channels and rings take the link down for a moment, and some drivers do not bring it back. */
function toChange(nicOf: string, { name, from, to, flag, word }: Setting) {
  const run = sh`ethtool ${flag} ${nicOf} ${word} ${to}`;
  const isRisky = flag === '-L' || flag === '-G';
  return change(`${name} of ${nicOf}`, from, to, isRisky ? guarded(run, { undo: sh`ethtool ${flag} ${nicOf} ${word} ${from}`, within: 45_000 }) : run, { timeout: 60_000 });
}

/** From what the script remembers, by the names of settings. */
function settingsBack(before: Readonly<Record<string, string>>, found: Parameters<typeof settingsOf>[1]): Setting[] {
  const of = (kind: string): [string, string][] => Object.entries(before).flatMap(([key, value]) => (key.startsWith(`${kind} `) ? [[key.slice(kind.length + 1), value]] : []));
  const numbers = (kind: string): Record<string, number> => Object.fromEntries(of(kind).map(([key, value]) => [key, Number(value)]));
  const { settings } = settingsOf(
    {
      channels: numbers('channels'),
      rings: numbers('ring'),
      offloads: Object.fromEntries(of('offload').map(([key, value]) => [key, value === 'on'])),
      coalescing: Object.fromEntries(of('coalescing').map(([key, value]) => [key, value === 'on' ? true : value === 'off' ? false : Number(value)])),
    },
    found,
  );
  return settings;
}
