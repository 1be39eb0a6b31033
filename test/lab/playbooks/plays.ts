import { defineFleet, defineModule, first, late, change, playbook, read, rest, sh } from 'plinth';
import { command, reboot } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ restart: z.boolean().default(false) }), groups: {} });

/** Writes down who did what, in the order in which it was done. */
const note = (text: string) => ({ run: `echo '${text}' >>/srv/notes` });

/** A file whose text comes late. */
const keep = defineModule({
  name: 'keep',
  summary: 'Keeps a late text in a file.',
  args: z.strictObject({ path: z.string().describe('Where.'), text: late(z.string()).describe('What.') }),
  observe: ({ path }) => ({ there: read.stat(path) }),
  *plan({ path, text }, { there }) {
    if (!there) yield change(path, undefined, 'kept', sh`printf %s ${text} >${path}; echo kept ${text}`);
  },
});

export default playbook(fleet, ({ play, groups }) => {
  const minted = play('Mint', first(groups.all), ({ onDemand }) => onDemand('mint', command, { run: 'echo minted >>/srv/notes; echo token-of-$(hostname)' }).output.map('token', ({ stdout }) => stdout.trim()));

  play('By turns', groups.all, { serial: [1, 2] }, ({ task, host }) => {
    // On a node that all of them can reach in order: the first one.
    task('turn', command, note(`turn ${host.name}`), { delegate: { name: 'node1' } });
  });

  play('Once', groups.all, ({ task, host }) => {
    task('once', command, note('once'), { runOnce: true });
    task('elsewhere', command, { run: `echo '${host.name}' >>"$HOME/delegated"` }, { delegate: 'controller' });
  });

  play('Take', rest(groups.all), ({ task }) => {
    task('token', keep, { path: '/srv/token', text: minted });
  });

  play('Restart', rest(groups.all), ({ task, vars }) => {
    if (vars.restart) task('restart', reboot, { when: 'always' });
    task('after', command, { run: 'cat /proc/sys/kernel/random/boot_id >/srv/boot', creates: '/srv/boot' });
  });
});
