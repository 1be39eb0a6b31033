import { type Condition, type Script, sh, type Stat } from '../../../contract/index.ts';
import { writing } from '../atBoot.ts';

/** `none voluntary (full)`: the one in parentheses is in force. */
export function parseModes(text: string | undefined): { readonly now: string; readonly available: readonly string[] } | undefined {
  const words = (text ?? '').trim().split(/\s+/).filter(Boolean);
  const now = words.find((word) => word.startsWith('('))?.slice(1, -1);
  return now === undefined ? undefined : { now, available: words.map((word) => word.replaceAll(/[()]/g, '')) };
}

/** The last `preempt=` on a command line, or in a file that makes one, wins. */
export const bootParameterOf = (cmdline: string): string | undefined => [...cmdline.matchAll(/(?:^|[\s"'])preempt=(\w+)/g)].at(-1)?.[1];

/** The mode that a kernel begins with when nothing else is said. */
export function builtWith(config: (name: string) => string | undefined): string | undefined {
  const options: readonly (readonly [string, string])[] = [['PREEMPT_NONE', 'none'], ['PREEMPT_VOLUNTARY', 'voluntary'], ['PREEMPT_LAZY', 'lazy'], ['PREEMPT', 'full']];
  return options.find(([name]) => config(name) === 'y')?.[1];
}

/** Remembers, where Plinth changed somebody else's line, what stood there before. */
export const markerPath = '/etc/default/plinth-preempt';

/** What gives the kernel its command line on this node. */
export interface Boot {
  readonly kind: 'grub' | 'grubby' | 'firmware';
  readonly what: string;
  /** The mode it asks for now. */
  readonly parameter: string | undefined;
  /** Plinth wrote it, and takes it away again. */
  readonly isOurs: boolean;
  /** The mode it would ask for without Plinth. */
  readonly rest: string | undefined;
  readonly text: string | undefined;
}

interface Found {
  readonly dropIn?: string | undefined;
  readonly grub?: string | undefined;
  readonly grubby?: Stat | undefined;
  readonly loaderEntries?: Condition | undefined;
  readonly firmware?: string | undefined;
  readonly oldFirmware?: string | undefined;
  readonly marker?: string | undefined;
}

export function bootFileOf({ dropIn, grub, grubby, loaderEntries, firmware, oldFirmware, marker }: Found): Boot | undefined {
  const before = /^before=(\w+)$/m.exec(marker ?? '')?.[1];
  const shared = (parameter: string | undefined) => ({ parameter, isOurs: marker !== undefined, rest: marker === undefined ? parameter : before });
  if (firmware !== undefined || (oldFirmware !== undefined && grub === undefined)) {
    const text = firmware ?? oldFirmware ?? '';
    return { kind: 'firmware', what: firmware === undefined ? '/boot/cmdline.txt' : '/boot/firmware/cmdline.txt', text, ...shared(bootParameterOf(text)) };
  }
  if (grubby) return { kind: 'grubby', what: 'boot entries of grubby', text: undefined, ...shared(bootParameterOf(loaderEntries?.said ?? '')) };
  if (grub === undefined) return undefined;
  const rest = bootParameterOf(grub);
  return { kind: 'grub', what: '/etc/default/grub.d/90-plinth-preempt.cfg', parameter: bootParameterOf(dropIn ?? '') ?? rest, isOurs: dropIn !== undefined, rest, text: dropIn };
}

/** The boot loader told of a mode. It takes effect at the next boot. */
export function withMode(boot: Boot, mode: string): Script {
  if (boot.kind === 'grub') return sh.lines([writing(boot.what, `# Written by Plinth.\nGRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT preempt=${mode}"\n`, '0644'), sh`update-grub`]);
  const remember = boot.isOurs ? [] : [writing(markerPath, `# Written by Plinth: the mode that was asked for at boot before it came.\nbefore=${boot.parameter ?? ''}\n`, '0644')];
  return sh.lines([...remember, setParameter(boot, mode)]);
}

/** The boot loader as it was before Plinth came. */
export const withoutOurs = (boot: Boot): Script => (boot.kind === 'grub' ? sh.lines([sh`rm -f -- ${boot.what}`, sh`update-grub`]) : sh.lines([setParameter(boot, boot.rest), sh`rm -f -- ${markerPath}`]));

function setParameter({ kind, what, text = '', parameter }: Boot, mode: string | undefined): Script {
  if (kind === 'grubby') return mode === undefined ? sh`grubby --update-kernel=ALL --remove-args=preempt` : sh`grubby --update-kernel=ALL --args=${`preempt=${mode}`}`;
  // Where there is one it is changed in its place, so that going back gives the very same line.
  const line = mode === undefined ? text.replaceAll(/ ?\bpreempt=\w+/g, '') : parameter === undefined ? text.replace(/(\n*)$/, ` preempt=${mode}$1`) : text.replaceAll(/\bpreempt=\w+/g, `preempt=${mode}`);
  return writing(what, line, '0755');
}
