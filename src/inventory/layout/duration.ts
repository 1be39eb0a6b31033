import { z } from 'zod';

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `10s`, `2m`: the unit is always said, since a bare 10 would be taken for seconds by half its readers. */
export const durationSchema = z.string({ error: 'wants a time with its unit, e.g. "10s"' }).regex(/^\d+(ms|s|m|h)$/, 'wants a time with its unit, e.g. "10s"');

/** In ms, of a text that the schema accepts. */
export function parseDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(amount) * (factors[unit] ?? NaN);
}
