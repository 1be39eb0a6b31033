import { type Condition, type Script, sh, type Stat } from '../../../contract/index.ts';
import { writing } from '../atBoot.ts';

/** `none voluntary (full)`: the one in parentheses is in force. */
export function parseModes(text: string | undefined): { readonly now: string; readonly available: readonly string[] } | undefined {
  const words = (text ?? '').trim().split(/\s+/).filter(Boolean);
  const now = words.find((word) => word.startsWith('('))?.slice(1, -1);
  return now === undefined ? undefined : { now, available: words.map((word) => word.replaceAll(/[()]/g, '')) };
}

/** The last `preempt=` on a command line wins. */
export const bootParameterOf = (cmdline: string): string | undefined => [...cmdline.matchAll(/(?:^|\s)preempt=(\w+)/g)].at(-1)?.[1];

/** The mode a boot begins with: what the command line says, else how the kernel was built. */
export function modeAtBoot(cmdline: string, config: (name: string) => string | undefined): string | undefined {
  const asked = bootParameterOf(cmdline);
  if (asked !== undefined) return asked;
  const built: readonly (readonly [string, string])[] = [['PREEMPT_NONE', 'none'], ['PREEMPT_VOLUNTARY', 'voluntary'], ['PREEMPT_LAZY', 'lazy'], ['PREEMPT', 'full']];
  return built.find(([name]) => config(name) === 'y')?.[1];
}

/** What gives the kernel its command line on this node. */
export interface Boot {
  readonly kind: 'grub' | 'grubby' | 'firmware';
  readonly what: string;
  /** The mode it asks for now. */
  readonly parameter: string | undefined;
  /** Plinth wrote it, and may take it away. Of grubby and cmdline.txt nobody knows; there it is what `absent` is for. */
  readonly isOurs: boolean;
  readonly text: string | undefined;
}

interface Found {
  readonly dropIn?: string | undefined;
  readonly grub?: Stat | undefined;
  readonly grubby?: Stat | undefined;
  readonly loaderEntries?: Condition | undefined;
  readonly firmware?: string | undefined;
  readonly oldFirmware?: string | undefined;
}

export function bootFileOf({ dropIn, grub, grubby, loaderEntries, firmware, oldFirmware }: Found): Boot | undefined {
  if (firmware !== undefined || (oldFirmware !== undefined && !grub)) {
    const text = firmware ?? oldFirmware ?? '';
    const parameter = bootParameterOf(text);
    return { kind: 'firmware', what: firmware === undefined ? '/boot/cmdline.txt' : '/boot/firmware/cmdline.txt', parameter, isOurs: parameter !== undefined, text };
  }
  if (grubby) {
    const parameter = bootParameterOf((loaderEntries?.said ?? '').replaceAll('"', ' '));
    return { kind: 'grubby', what: 'boot entries of grubby', parameter, isOurs: parameter !== undefined, text: undefined };
  }
  if (!grub) return undefined;
  return { kind: 'grub', what: '/etc/default/grub.d/90-plinth-preempt.cfg', parameter: bootParameterOf((dropIn ?? '').replaceAll('"', ' ')), isOurs: dropIn !== undefined, text: dropIn };
}

/** The boot loader told of a mode, or no longer. It takes effect at the next boot. */
export function withParameter({ kind, what, text = '' }: Boot, mode: string | undefined): Script {
  if (kind === 'firmware') {
    const bare = text.replaceAll(/ ?\bpreempt=\w+/g, '');
    return writing(what, mode === undefined ? bare : bare.replace(/\n?$/, ` preempt=${mode}\n`), '0755');
  }
  if (kind === 'grubby') return mode === undefined ? sh`grubby --update-kernel=ALL --remove-args=preempt` : sh`grubby --update-kernel=ALL --args=${`preempt=${mode}`}`;
  const file = mode === undefined ? sh`rm -f -- ${what}` : writing(what, `# Written by Plinth.\nGRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT preempt=${mode}"\n`, '0644');
  return sh.lines([file, sh`update-grub`]);
}
