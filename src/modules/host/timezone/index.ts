import { z } from 'zod';
import { type Change, change, defineModule, read, refuse, sh } from '../../../contract/index.ts';

const folder = '/usr/share/zoneinfo';

/** The time zone, by the link that every libc follows; Debian's /etc/timezone says the same where it is there. */
export const timezone = defineModule({
  name: 'timezone',
  summary: 'The time zone of the node.',

  args: z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/, 'must be a time zone, such as UTC or Europe/Berlin').default('UTC').describe('As in the tz database: UTC, Europe/Berlin. Logs of several nodes are read most easily in UTC.'),
  }),

  observe: ({ name }) => ({ zone: read.stat(`${folder}/${name}`), link: read.link('/etc/localtime'), file: read.stat('/etc/localtime'), debian: read.text('/etc/timezone') }),

  *plan({ name }, { zone, link, file, debian }) {
    const changes = [...planned()];
    if (!zone || zone.type === 'directory') {
      return yield refuse(`there is no time zone ${name} on this node`, `there is no ${folder}/${name}`, { hint: 'Check its spelling, or install the package tzdata in an earlier task.', ...(!zone && { unless: { brought: ['package tzdata'], changes } }) });
    }
    yield* changes;

    function* planned(): Iterable<Change> {
      const target = `${folder}/${name}`;
      if (link !== target && link !== `..${target}`) {
        const is = link?.replace(/^.*\/zoneinfo\//, '') ?? (file ? 'a copy of some zone' : undefined);
        yield change('/etc/localtime', is, is === name ? `${name}, by the usual link` : name, sh`ln -sfn -- ${target} /etc/localtime.plinth
mv -f -- /etc/localtime.plinth /etc/localtime`);
      }
      if (debian !== undefined && debian.trim() !== name) yield change('/etc/timezone', debian.trim(), name, sh`printf '%s\n' ${name} >/etc/timezone.plinth
mv -f -- /etc/timezone.plinth /etc/timezone`);
    }
  },
});
