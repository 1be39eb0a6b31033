export interface Rotation {
  readonly files: readonly string[];
  readonly every?: 'hour' | 'day' | 'week' | 'month' | 'year' | undefined;
  readonly keep?: number | undefined;
  readonly size?: string | undefined;
  readonly minSize?: string | undefined;
  readonly maxSize?: string | undefined;
  readonly maxAgeDays?: number | undefined;
  readonly compress?: 'now' | 'later' | 'no' | undefined;
  readonly missingOk: boolean;
  readonly ifEmpty: boolean;
  readonly copyTruncate: boolean;
  readonly create?: { readonly mode: string; readonly owner: string; readonly group: string } | undefined;
  readonly as?: { readonly user: string; readonly group: string } | undefined;
  readonly dated: boolean;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly extra: readonly string[];
}

const every = { hour: 'hourly', day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly' } as const;
const compress = { now: ['compress'], later: ['compress', 'delaycompress'], no: ['nocompress'] } as const;

const script = (name: string, text: string | undefined): string[] => (text === undefined ? [] : [name, ...text.replace(/\n$/, '').split('\n').map((line) => (line === '' ? '' : `    ${line}`)), 'endscript']);

/** As a file of logrotate. */
export function rotationText(wanted: Rotation): string {
  const { keep, size, minSize, maxSize, maxAgeDays, create, as } = wanted;
  const lines = [
    ...(wanted.every ? [every[wanted.every]] : []),
    ...(keep === undefined ? [] : [`rotate ${keep}`]),
    ...(size === undefined ? [] : [`size ${size}`]),
    ...(minSize === undefined ? [] : [`minsize ${minSize}`]),
    ...(maxSize === undefined ? [] : [`maxsize ${maxSize}`]),
    ...(maxAgeDays === undefined ? [] : [`maxage ${maxAgeDays}`]),
    ...(wanted.compress ? compress[wanted.compress] : []),
    wanted.missingOk ? 'missingok' : 'nomissingok',
    wanted.ifEmpty ? 'ifempty' : 'notifempty',
    ...(wanted.copyTruncate ? ['copytruncate'] : []),
    ...(create ? [`create ${create.mode} ${create.owner} ${create.group}`] : []),
    ...(as ? [`su ${as.user} ${as.group}`] : []),
    ...(wanted.dated ? ['dateext'] : []),
    ...wanted.extra,
    ...(wanted.before !== undefined || wanted.after !== undefined ? ['sharedscripts'] : []),
    ...script('prerotate', wanted.before),
    ...script('postrotate', wanted.after),
  ];
  return `# Written by Plinth.\n${wanted.files.map((file) => (/[\s"]/.test(file) ? `"${file}"` : file)).join(' ')} {\n${lines.map((line) => (line === '' ? '\n' : `    ${line}\n`)).join('')}}\n`;
}
