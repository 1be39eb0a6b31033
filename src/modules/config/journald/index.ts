import { z } from 'zod';
import { defineModule } from '../../../contract/index.ts';
import { named } from '../keyed/named.ts';
import { observeOwned, planOwned } from '../owned/owned.ts';
import { unitText } from '../owned/unitSections.ts';

const size = () => z.string().regex(/^\d+[KMGT]?$/, 'must be a number of bytes, or one with K, M, G or T behind it');
const span = () => z.string().regex(/^\d+(us|ms|s|sec|m|min|h|hour|day|d|week|w|month|year|y)?( \d+\w+)*$/, 'must be a time span, such as 30s or 2week');

/** The settings by their names here, in the order they are written. */
const settings = [
  ['storage', 'Storage'],
  ['compress', 'Compress'],
  ['maxUse', 'SystemMaxUse'],
  ['keepFree', 'SystemKeepFree'],
  ['maxFileSize', 'SystemMaxFileSize'],
  ['maxFiles', 'SystemMaxFiles'],
  ['runtimeMaxUse', 'RuntimeMaxUse'],
  ['maxRetention', 'MaxRetentionSec'],
  ['maxFileAge', 'MaxFileSec'],
  ['rateLimitInterval', 'RateLimitIntervalSec'],
  ['rateLimitBurst', 'RateLimitBurst'],
  ['forwardToSyslog', 'ForwardToSyslog'],
  ['maxLevelStore', 'MaxLevelStore'],
] as const;

/** journald reads this when it starts: let a `service` of systemd-journald be `newerThan` the file. */
export const journald = defineModule({
  name: 'journald',
  summary: 'Limits of the system journal, in a file of its own in /etc/systemd/journald.conf.d.',

  args: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/, 'must be a file name without folder and ending, such as 50-limits').describe('Name of the file, without `.conf`. Files are read by name: a later one wins.'),
      storage: z.enum(['persistent', 'volatile', 'auto', 'none']).optional().describe('Where it is kept: on disk, in memory, on disk where /var/log/journal is there, or nowhere.'),
      compress: z.boolean().optional().describe('Compresses large entries.'),
      maxUse: size().optional().describe('How much disk it may take, such as 500M (SystemMaxUse).'),
      keepFree: size().optional().describe('How much disk it leaves to others (SystemKeepFree).'),
      maxFileSize: size().optional().describe('How large one of its files may grow (SystemMaxFileSize).'),
      maxFiles: z.int().min(1).optional().describe('How many files it keeps (SystemMaxFiles).'),
      runtimeMaxUse: size().optional().describe('How much memory it may take where it is kept there (RuntimeMaxUse).'),
      maxRetention: span().optional().describe('How long entries are kept, such as 2week (MaxRetentionSec).'),
      maxFileAge: span().optional().describe('How long one file is written to (MaxFileSec). What is older than maxRetention goes file by file.'),
      rateLimitInterval: span().optional().describe('The span in which rateLimitBurst counts (RateLimitIntervalSec); 0 for no limit.'),
      rateLimitBurst: z.int().min(0).optional().describe('How many messages of one service are taken in that span (RateLimitBurst).'),
      forwardToSyslog: z.boolean().optional().describe('Hands everything to syslog too.'),
      maxLevelStore: z.enum(['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']).optional().describe('The least important messages that are kept.'),
      extra: named(z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'must be the name of a setting'), z.union([z.string().regex(/^[^\n\r]*$/, 'must be one line'), z.number(), z.boolean()])).default({}).describe('More settings, in the words of journald.conf(5); they are put in last.'),
      state: z.enum(['present', 'absent']).default('present').describe('Whether it should be there.'),
    })
    .refine(({ state, extra, ...args }) => state === 'absent' || Object.keys(extra).length > 0 || settings.some(([key]) => args[key] !== undefined), 'wants at least one setting'),

  observe: ({ name }) => observeOwned(pathOf(name)),

  *plan({ name, state, extra, ...args }, found) {
    const wanted = settings.flatMap(([key, setting]) => (args[key] === undefined ? [] : [[setting, args[key]] as const]));
    const text = unitText({ Journal: { ...Object.fromEntries(wanted), ...extra } });
    yield* planOwned({ path: pathOf(name), text: state === 'absent' ? undefined : text, ownsDirectory: true }, found);
  },
});

const pathOf = (name: string): string => `/etc/systemd/journald.conf.d/${name}.conf`;
