import type { Kind, Reading } from '../reading.ts';
import { sh } from '../script/script.ts';

/** A number that can be set, and how far; both by name. */
export interface Limits {
  readonly max: Readonly<Record<string, number>>;
  readonly now: Readonly<Record<string, number>>;
}

/** What ethtool says of a network card. A part is undefined where the driver has none of it. */
export interface Ethtool {
  /** `rx`, `tx`, `other`, `combined`. */
  readonly channels: Limits | undefined;
  /** `rx`, `tx`, and what else the driver has. */
  readonly rings: Limits | undefined;
  /** By ethtool's long names, such as `generic-receive-offload`; what is fixed cannot be changed. */
  readonly features: Readonly<Record<string, { readonly on: boolean; readonly fixed: boolean }>>;
  /** `rx-usecs: '3'`, `adaptive-rx: 'on'`. */
  readonly coalescing: Readonly<Record<string, string>>;
}

// Five processes a card: these are ioctls, and no file in /sys tells the same.
const kind: Kind<Ethtool | 'no ethtool' | undefined> = {
  name: 'ethtool',
  script: (nics) => sh`
    i=-1
    for n in ${nics}; do
      i=$((i+1))
      [ -e "/sys/class/net/$n" ] || continue
      if ! command -v ethtool >/dev/null; then put "$i" 'no ethtool'; continue; fi
      put "$i" "#channels
$(ethtool -l "$n" 2>/dev/null || :)
#rings
$(ethtool -g "$n" 2>/dev/null || :)
#features
$(ethtool -k "$n" 2>/dev/null || :)
#coalescing
$(ethtool -c "$n" 2>/dev/null || :)"
    done`,
  parse(text) {
    if (text === undefined) return undefined;
    if (text === 'no ethtool') return text;
    const parts = new Map(text.split(/^#/m).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.split('\n').slice(1)]));
    const of = (name: string): readonly string[] => parts.get(name) ?? [];
    return { channels: limits(of('channels')), rings: limits(of('rings')), features: features(of('features')), coalescing: coalescing(of('coalescing')) };
  },
};

/** `Pre-set maximums:` and `Current hardware settings:`, each followed by `RX: 256`. */
function limits(lines: readonly string[]): Limits | undefined {
  const found: { max: Record<string, number>; now: Record<string, number> } = { max: {}, now: {} };
  let group: 'max' | 'now' = 'max';
  for (const line of lines) {
    if (line.startsWith('Pre-set')) group = 'max';
    else if (line.startsWith('Current')) group = 'now';
    const [, name, value] = /^(\w[\w ]*):\s+(\d+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found[group][name.toLowerCase().replaceAll(' ', '-')] = Number(value);
  }
  return Object.keys(found.now).length > 0 ? found : undefined;
}

/** `generic-receive-offload: on`, `	tx-checksum-ipv4: off [fixed]`. */
const features = (lines: readonly string[]): Ethtool['features'] =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value, rest = ''] = /^\s*([\w-]+): (on|off)(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, { on: value === 'on', fixed: rest.includes('[fixed]') }]];
    }),
  );

/** `Adaptive RX: off  TX: off`, `rx-usecs:	3`; `n/a` is what the driver does not have. */
const coalescing = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, rx, tx] = /^Adaptive RX: (\S+)\s+TX: (\S+)/.exec(line) ?? [];
      const [, name, value] = /^([a-z][\w-]*):\s+(\S+)/.exec(line) ?? [];
      const pairs = rx === undefined ? [[name, value]] : [['adaptive-rx', rx], ['adaptive-tx', tx]];
      return pairs.filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined && pair[1] !== 'n/a');
    }),
  );

/** What ethtool says of a network card; undefined where there is no such card, `no ethtool` where that is not installed. */
export const ethtool = (nic: string): Reading<Ethtool | 'no ethtool' | undefined> => ({ kind, key: nic });
