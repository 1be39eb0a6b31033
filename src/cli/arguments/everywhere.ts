import type { Options } from './command.ts';

/** Options that every command takes. */
export const everywhere = {
  help: { kind: 'flag', short: 'h', summary: 'Shows this.' },
  'no-color': { kind: 'flag', summary: 'Prints without colours, as NO_COLOR does.' },
} as const satisfies Options;
