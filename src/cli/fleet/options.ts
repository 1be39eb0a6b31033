import type { Options } from '../arguments/command.ts';

/** Which hosts, and how they are reached. */
export const fleetOptions = {
  inventory: { kind: 'list', short: 'i', value: 'FILE', summary: 'Inventory; given several times, later files win. Default: PLINTH_INVENTORY, or the only one in ./inventory.', complete: 'inventory' },
  refresh: { kind: 'flag', summary: 'Asks dynamic inventories (vagrant:, terraform:, command:) anew instead of taking what is kept.' },
  limit: { kind: 'text', short: 'l', value: 'PATTERN', summary: 'Only these hosts: names, groups, globs and !exclusions, with commas between.', complete: 'limit' },
} as const satisfies Options;

export const connectOptions = {
  transport: { kind: 'text', value: 'NAME', summary: 'Which SSH client: ssh (built in) or openssh. Default: by need.', complete: ['ssh', 'openssh'] },
  'accept-new': { kind: 'flag', summary: 'Trusts hosts that are not in known_hosts yet, and adds them.' },
  'ask-become-pass': { kind: 'flag', short: 'K', summary: 'Asks for the sudo password.' },
  concurrency: { kind: 'text', value: 'N', summary: 'Hosts worked on at once. Default: 50.' },
} as const satisfies Options;
