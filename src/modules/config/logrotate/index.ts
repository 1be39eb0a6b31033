import { z } from 'zod';
import { defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { accountName } from '../../args/accountName.ts';
import { octalMode } from '../../args/octalMode.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { rotationText } from './text.ts';

const size = () => z.string().regex(/^\d+[kMG]?$/, 'must be a number of bytes, or one with k, M or G behind it');
const script = () =>
  z
    .string()
    .min(1, 'must not be empty')
    .refine((text) => !text.split('\n').some((line) => line.trim() === 'endscript'), 'must not hold the line endscript');

// It only looks (-d), and says what it cannot read.
const check = sh`if command -v logrotate >/dev/null 2>&1; then
  if ! said=$(logrotate -d "$n" 2>&1); then printf 'logrotate -d says:\n%s\n' "$said" >&2; exit 1; fi
  case $said in *"error: $n"*) printf 'logrotate -d says:\n%s\n' "$said" >&2; exit 1;; esac
fi`;

export const logrotate = defineModule({
  name: 'logrotate',
  summary: 'How log files are rotated, in a file of its own in /etc/logrotate.d.',

  args: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, - and _ alone: logrotate ignores some endings').describe('Name of the file in /etc/logrotate.d.'),
      files: z.array(absolutePath().refine((path) => !/["\n]/.test(path), 'must hold no quotes and newlines')).default([]).describe('The logs; * stands for anything in a name.'),
      every: z.enum(['hour', 'day', 'week', 'month', 'year']).optional().describe('How often. Left out: as /etc/logrotate.conf says. Most nodes look once a day, so `hour` needs a timer of its own.'),
      keep: z.int().min(0).optional().describe('How many old logs are kept.'),
      size: size().optional().describe('Rotates when a log is larger than this, whatever the time.'),
      minSize: size().optional().describe('Does not rotate before a log is this large.'),
      maxSize: size().optional().describe('Rotates also before its time when a log is larger than this.'),
      maxAgeDays: z.int().min(1).optional().describe('Takes old logs away after so many days.'),
      compress: z.enum(['now', 'later', 'no']).optional().describe('Compresses old logs; `later` leaves the newest of them as it is, for programs that still write to it.'),
      missingOk: z.boolean().default(true).describe('A log that is not there is no error.'),
      ifEmpty: z.boolean().default(false).describe('Rotates empty logs too.'),
      copyTruncate: z.boolean().default(false).describe('Copies and empties the log, for programs that cannot open it again. Some lines may be lost.'),
      create: z.strictObject({ mode: octalMode().describe('Octal digits.'), owner: accountName().describe('Its owner.'), group: accountName().describe('Its group.') }).optional().describe('Makes a new log with these permissions.'),
      as: z.strictObject({ user: accountName().describe('The user.'), group: accountName().describe('The group.') }).optional().describe('Works as this user, which logrotate wants for directories that others may write to.'),
      dated: z.boolean().default(false).describe('Old logs carry a date in place of a number.'),
      before: script().optional().describe('Shell text run before, once for all logs.'),
      after: script().optional().describe('Shell text run behind, once for all logs, such as one that has the program open its log again.'),
      extra: z.array(z.string().regex(/^[^\n\r{}]+$/, 'must be one line without braces')).default([]).describe('More lines, in the words of logrotate.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, files }) => state === 'absent' || files.length > 0, 'wants the files to rotate')
    .refine(({ copyTruncate, create }) => !copyTruncate || !create, 'copyTruncate keeps the log itself, so there is none to create'),

  observe: ({ name }) => ({ ...observeOwned(`/etc/logrotate.d/${name}`), folder: read.stat('/etc/logrotate.d/.') }),

  *plan({ name, state, ...rotation }, { folder, ...found }) {
    if (state === 'present' && !folder) return yield refuse('logrotate is not on this node', 'there is no /etc/logrotate.d', { hint: 'Install logrotate in an earlier task.' });
    yield* planOwned({ path: `/etc/logrotate.d/${name}`, text: state === 'absent' ? undefined : rotationText(rotation), check }, found);
  },
});
