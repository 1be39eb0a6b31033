import type { Ethtool } from '../../../contract/index.ts';

/** One setting of a card: its name, how it is, how it should be, and the words ethtool takes for it. */
export interface Setting {
  /** `channels combined`, `ring rx`, `offload generic-receive-offload`, `coalescing rx-usecs`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** ethtool's flag, and the word before the value. */
  readonly flag: '-L' | '-G' | '-K' | '-C';
  readonly word: string;
}

/** What is asked for and cannot be. */
export interface Impossible {
  readonly what: string;
  readonly found: string;
}

export interface Wanted {
  readonly channels?: Readonly<Record<string, number | 'max'>> | undefined;
  readonly rings?: Readonly<Record<string, number | 'max'>> | undefined;
  readonly offloads?: Readonly<Record<string, boolean>> | undefined;
  readonly coalescing?: Readonly<Record<string, number | boolean>> | undefined;
}

/** Every setting that was asked for, channels first: rings and interrupts are made anew with them. */
export function settingsOf(wanted: Wanted, is: Ethtool): { readonly settings: Setting[]; readonly impossible: Impossible[] } {
  const settings: Setting[] = [];
  const impossible: Impossible[] = [];
  const numbers = (kind: 'channels' | 'rings', word: string, flag: '-L' | '-G'): void => {
    for (const [name, value] of Object.entries(wanted[kind] ?? {})) {
      const max = is[kind]?.max[name] ?? 0;
      const now = is[kind]?.now[name];
      if (now === undefined || max === 0) {
        if (value !== 'max') impossible.push({ what: `${word} ${name}`, found: 'the driver has none' });
      } else if (value !== 'max' && value > max) impossible.push({ what: `${word} ${name} = ${value}`, found: `at most ${max}` });
      else settings.push({ name: `${word} ${name}`, from: String(now), to: String(value === 'max' ? max : value), flag, word: name });
    }
  };
  numbers('channels', 'channels', '-L');
  numbers('rings', 'ring', '-G');
  for (const [name, on] of Object.entries(wanted.offloads ?? {})) {
    const feature = is.features[name];
    if (!feature) impossible.push({ what: `offload ${name}`, found: 'the kernel has no feature of that name (long names, as `ethtool -k` prints them)' });
    else if (feature.fixed && feature.on !== on) impossible.push({ what: `offload ${name} ${say(on)}`, found: `fixed ${say(feature.on)} by the driver` });
    else settings.push({ name: `offload ${name}`, from: say(feature.on), to: say(on), flag: '-K', word: name });
  }
  for (const [name, value] of Object.entries(wanted.coalescing ?? {})) {
    const now = is.coalescing[name];
    if (now === undefined) impossible.push({ what: `coalescing ${name}`, found: 'the driver has none' });
    else settings.push({ name: `coalescing ${name}`, from: now, to: typeof value === 'boolean' ? say(value) : String(value), flag: '-C', word: name });
  }
  return { settings, impossible };
}

const say = (on: boolean): string => (on ? 'on' : 'off');
