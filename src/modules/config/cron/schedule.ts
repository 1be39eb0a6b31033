import { z } from 'zod';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** In place of numbers, from `min` on. */
  readonly words: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', min: 0, max: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const names = ['@reboot', '@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

/** Five fields of crontab(5), or one of its names such as @daily; given back with one space between the fields. */
export const cronSchedule = () =>
  z.string().transform((text, ctx) => {
    const parts = text.trim().split(/\s+/);
    const problem = text.startsWith('@') ? (names.includes(text) ? undefined : `is none of ${names.join(', ')}`) : parts.length === 5 ? parts.map((part, at) => wrongIn(part, fields[at])).find((one) => one !== undefined) : `has ${parts.length} fields: cron wants minute, hour, day of the month, month and day of the week`;
    if (problem !== undefined) ctx.addIssue({ code: 'custom', message: problem });
    return parts.join(' ');
  });

/** What is wrong with one field; undefined where nothing is. */
function wrongIn(text: string, field: Field | undefined): string | undefined {
  if (!field) return undefined;
  for (const part of text.split(',')) {
    const [, range = '', step] = /^([^/]*)(?:\/(\d+))?$/.exec(part) ?? [];
    const ends = range === '*' ? [field.min, field.max] : range.split('-').map((one) => numberOf(one, field));
    const [from, to = from] = ends;
    if (from === undefined || to === undefined || ends.length > 2 || ends.some((one) => one === undefined) || from > to || step === '0') return `has ${JSON.stringify(part)} for the ${field.name}, which goes from ${field.min} to ${field.max}`;
    if (step !== undefined && range !== '*' && ends.length === 1) return `has a step behind a single ${field.name} in ${JSON.stringify(part)}: write a range or * before it`;
  }
  return undefined;
}

function numberOf(text: string, { min, max, words }: Field): number | undefined {
  const at = words.indexOf(text.toLowerCase());
  if (at >= 0) return at + min;
  return /^\d{1,2}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined;
}
