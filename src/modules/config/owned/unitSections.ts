import { z } from 'zod';
import { named } from '../keyed/named.ts';

const scalar = z.union([z.string().regex(/^[^\n\r]*[^\n\r\\]$|^$/, 'must be one line that does not end with a backslash'), z.number(), z.boolean()]);
const setting = z.union([scalar, z.array(scalar).min(1, 'must not be empty: an empty text resets a list')]);

/** Settings of systemd by section. */
export type UnitSections = Readonly<Record<string, Readonly<Record<string, z.output<typeof setting>>>>>;

/** Settings in systemd's own names: `{ Service: { ExecStart: ..., Environment: ['A=1', 'B=2'] } }`. */
export const unitSections = () =>
  named(
    z.string().regex(/^[A-Z][A-Za-z0-9-]*$/, 'must be the name of a section, such as Service'),
    named(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be the name of a setting, such as ExecStart'), setting),
  );

/** As a file of systemd. A list stands for the setting several times. */
export const unitText = (sections: UnitSections): string => `# Written by Plinth.\n${Object.entries(sections).map(([name, settings]) => `[${name}]\n${Object.entries(settings).flatMap(([key, value]) => [value].flat().map((one) => `${key}=${written(one)}\n`)).join('')}`).join('\n')}`;

const written = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** A whole file, given as text. */
export const wholeText = () => z.string().regex(/\n$/, 'must end with a newline');
