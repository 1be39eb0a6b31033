import { defineAction, defineFleet, playbook, sh } from 'plinth';
import { command, directory, file, line } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ round: z.int() }), groups: {} });

/** What a restart would be: takes over what the file says now. */
const takeOver = defineAction({
  name: 'takeOver',
  summary: 'Takes the file over.',
  args: z.strictObject({ from: z.string(), to: z.string() }),
  run: ({ from, to }) => sh`/run/plinth-slow 0.1; cp ${from} ${to}.new; mv ${to}.new ${to}`,
});

/** A bit of everything that can be cut off. Each round wants all of it anew. */
export default playbook(fleet, ({ play, groups }) => {
  play('Files', groups.all, ({ task, handler, vars: { round } }) => {
    const takes = handler('take over', takeOver, { from: '/srv/kill/conf', to: '/srv/kill/taken' });
    task('folder', directory, { path: '/srv/kill' });
    task('first', file, { path: '/srv/kill/first', content: `${round}\n` });
    task('conf', file, { path: '/srv/kill/conf', content: `round = ${round}\n` }).notify(takes);
    task('big', file, { path: '/srv/kill/big', content: `${round} is the round, and this is a line of a big file\n`.repeat(8000) });
    task('slow', command, { run: `/run/plinth-slow 0.3; touch /srv/kill/slow-${round}`, creates: `/srv/kill/slow-${round}` });
    task('line', line, { path: '/srv/kill/lines', line: `round ${round}`, match: '^round', create: true });
  });
  play('Packages, as it were', groups.all, ({ task, vars: { round } }) => {
    task('must not be cut off', command, { run: `echo 'begin ${round}' >>/srv/kill/log; /run/plinth-slow 0.3; echo 'end ${round}' >>/srv/kill/log; touch /srv/kill/whole-${round}`, creates: `/srv/kill/whole-${round}` }, { critical: true });
    task('children', command, { run: `/run/plinth-slow 0.2 & (/run/plinth-slow 0.2 &) ; wait; touch /srv/kill/children-${round}`, creates: `/srv/kill/children-${round}` });
    task('last', file, { path: '/srv/kill/last', content: `${round}\n` });
  });
});
