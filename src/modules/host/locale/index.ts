import { z } from 'zod';
import { type Change, change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { locales, normal } from './found.ts';

const name = () => z.string().regex(/^([a-z]{2,3}(_[A-Z]{2})?(\.[A-Za-z0-9-]+)?(@[a-z]+)?|C\.UTF-8|C|POSIX)$/, 'must be a locale, such as en_US.UTF-8 or C.UTF-8');
const paths = ['/etc/locale.conf', '/etc/default/locale'] as const;

/** The locale of the system: what programs speak that nobody told otherwise, generated where the node does not have it. */
export const locale = defineModule({
  name: 'locale',
  summary: 'The locale of the system, generated where it is missing.',

  args: z.strictObject({
    lang: name().default('C.UTF-8').describe('The language of the system, such as en_US.UTF-8. C.UTF-8 is on every node and speaks English.'),
    categories: z.record(z.string(), name()).superRefine((record, context) => {
      for (const key of Object.keys(record)) if (!/^LC_[A-Z]+$/.test(key)) context.addIssue({ code: 'custom', path: [key], message: 'must be a category, such as LC_TIME' });
    }).default({}).describe('What differs from it, by category: LC_TIME, LC_PAPER, ...'),
    generate: z.array(name()).default([]).describe('Further locales that users want.'),
  }),

  observe: () => ({ available: locales(), list: read.text('/etc/locale.gen'), manager: read.packageManager(), conf: read.text(paths[0]), debian: read.text(paths[1]) }),

  *plan({ lang, categories, generate }, { available = [], list, manager, conf, debian }) {
    const has = new Set(available.map(normal));
    const wanted = [...new Set([lang, ...Object.values(categories), ...generate])];
    const missing = wanted.filter((one) => one !== 'C' && one !== 'POSIX' && !has.has(normal(one)));
    if (missing.length > 0) {
      if (list === undefined) {
        const packages = manager === 'dnf' ? [...new Set(missing.map((one) => `glibc-langpack-${one.split('_')[0] ?? ''}`))] : ['locales'];
        // On Debian they are made of a list that the package brings; a langpack is all that dnf's nodes want.
        const made = manager === 'dnf' ? [] : [change('generated locales', available.join(' ') || undefined, [...available, ...missing].join(' '), sh`:`)];
        return yield refuse(`the node cannot make the locale ${missing.join(', ')}`, 'there is no /etc/locale.gen', { hint: `Install ${packages.join(', ')} in an earlier task.`, unless: { brought: packages.map((name) => `package ${name}`), changes: [...made, ...settled()] } });
      }
      const lines = missing.map((one) => `${one} ${/\.([^@]+)/.exec(one)?.[1] ?? 'ISO-8859-1'}`);
      const edited = lines.reduce(enabled, list);
      yield change('generated locales', available.join(' ') || undefined, [...available, ...missing].join(' '), sh`printf %s ${edited} >/etc/locale.gen.plinth
mv -f -- /etc/locale.gen.plinth /etc/locale.gen
locale-gen >&2`, { timeout: 15 * 60_000 });
    }

    yield* settled();

    function* settled(): Iterable<Change> {
      // Debian up to 12 reads its own file; where that is a link, both are one.
      const isDebian = debian !== undefined && debian !== conf;
      const path = isDebian ? paths[1] : paths[0];
      const found = isDebian ? debian : conf;
      const settings = [['LANG', lang] as const, ...Object.entries(categories)];
      const kept = (found ?? '').split('\n').filter((line) => line !== '' && !/^(LANG|LC_[A-Z]+)=/.test(line));
      const text = [...kept, ...settings.map(([key, value]) => `${key}=${value}`), ''].join('\n');
      if (found !== text) yield change(path, found, text, sh`printf %s ${text} >${`${path}.plinth`}
chmod 0644 -- ${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}`);
    }
  },
});

/** The list with a line in force: its comment sign taken away where it has one, else added. */
function enabled(list: string, line: string): string {
  const lines = list.split('\n');
  const at = lines.findIndex((one) => one.replace(/^#\s*/, '').trim() === line);
  if (at >= 0) return lines.with(at, line).join('\n');
  return `${list}${list === '' || list.endsWith('\n') ? '' : '\n'}${line}\n`;
}
