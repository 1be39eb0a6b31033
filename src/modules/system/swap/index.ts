import { z } from 'zod';
import { change, defineModule, read, type Script, sh } from '../../../contract/index.ts';
import { commented, isSwapLine, restored } from './fstab.ts';

/**
 * Swap off, now and at every boot, wherever it comes from: /etc/fstab, units of systemd (also those that generators make for
 * partitions and zram), dphys-swapfile of Raspberry Pi OS, zramswap and zram-config. Nothing is deleted, so it can be given back.
 */
export const swap = defineModule({
  name: 'swap',
  summary: 'Swap off now and at every boot, or given back.',

  args: z.strictObject({
    state: z.enum(['off', 'asConfigured']).default('off').describe('`asConfigured` gives back what was taken away in /etc/fstab, and lifts the masks of swap units.'),
  }),

  observe: () => ({ fstab: read.text('/etc/fstab'), swaps: read.swaps() }),

  *plan({ state }, { fstab, swaps }) {
    if (state === 'asConfigured') {
      if (fstab !== undefined && restored(fstab) !== fstab) yield change('/etc/fstab', fstab, restored(fstab), writeFstab(restored(fstab), sh`swapon -a`));
      for (const { name, masked } of swaps.units) if (masked) yield change(`unit ${name}`, 'masked', 'starts at boot', sh`systemctl unmask -- ${name} && systemctl start -- ${name}`);
      return;
    }
    for (const { name, type, sizeMiB } of swaps.active) yield change(name, `${type}, ${sizeMiB} MiB in use as swap`, 'off', off(name), { timeout: 15 * 60_000 });
    if (fstab !== undefined && fstab.split('\n').some(isSwapLine)) yield change('/etc/fstab', fstab, commented(fstab), writeFstab(commented(fstab), sh``));
    for (const name of swaps.services) yield change(`service ${name}`, 'makes swap at boot', 'disabled', sh`systemctl disable --now -- ${name}`);
    // Units made from fstab go with their line.
    for (const { name, source, masked } of swaps.units) if (!masked && source !== '/etc/fstab') yield change(`unit ${name}`, 'starts at boot', 'masked', sh`systemctl mask -- ${name}`);
  },
});

// Its pages must fit into memory, which the kernel checks while it moves them: that may take minutes.
const off = (name: string): Script => sh`if ! swapoff -- ${name}; then
  printf 'swapoff failed: is there memory enough for what is swapped out?\n' >&2
  cat /proc/swaps >&2; grep -E '^(MemAvailable|SwapTotal|SwapFree)' /proc/meminfo >&2
  exit 1
fi`;

const writeFstab = (text: string, then: Script): Script => sh`cp -p -- /etc/fstab /etc/fstab.plinth
printf %s ${text} >/etc/fstab.plinth
mv -f -- /etc/fstab.plinth /etc/fstab
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
${then}`;
