import { defineFleet, defineTemplate, playbook, secret, sh } from 'plinth';
import { command, directory, file, template, user } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({ word: secret(), hash: secret(), odd: secret(), key: secret(), token: secret(), fails: z.boolean().default(false) }), groups: {} });
const conf = defineTemplate({ name: 'app.hbs', source: 'password={{odd}}\ntoken={{token}}\n', vars: z.strictObject({ odd: secret(), token: secret() }) });

/** Every way in which a secret gets to a node and may come back from it. */
export default playbook(fleet, ({ play, groups }) => {
  play('Secrets', groups.all, ({ task, onDemand, vars }) => {
    task('folder', directory, { path: '/srv/secrets', mode: '0700' });
    task('settings', template, { path: '/srv/secrets/app.conf', from: conf({ odd: vars.odd, token: vars.token }), mode: '0600' });
    task('key', file, { path: '/srv/secrets/key', content: vars.key, mode: '0600' });
    // What is there before holds secrets in plain text: they are in the reading and in the diff.
    task('what was there', file, { path: '/srv/before', content: 'nothing any more\n' });
    task('user', user, { name: 'deploy', password: vars.hash });
    // A while, so that whoever looks at the list of processes finds them.
    task('in a script', command, { run: sh`printf '%s' ${vars.odd} >/srv/secrets/odd; sleep 0.5`, creates: '/srv/secrets/odd' });
    task('in the environment and on stdin', command, { run: 'cat >/srv/secrets/stdin; sleep 0.5; env | grep -c ^TOKEN= >/srv/secrets/count', env: { TOKEN: vars.token, WORD: vars.word }, stdin: vars.key, creates: '/srv/secrets/count' });
    task('told back in every form', command, {
      run: 'value=$(cat); printf "%s\\n" "$value" "$ODD" "$WORD"; printf %s "$ODD" | base64 -w 0; echo; printf %s "$ODD" | od -An -v -tx1 | tr -d " \\n"; echo; printf %s "$value" | base64 >&2; echo "set to $WORD, then $ODD" >&2; sleep 0.3',
      env: { ODD: vars.odd, WORD: vars.word },
      stdin: vars.key,
    });
    const minted = onDemand('mint', command, { run: 'printf "minted-%s" "$TOKEN"; sleep 0.3', env: { TOKEN: vars.token } }).output;
    task('use what was minted', command, { run: sh`printf '%s' ${minted.get('stdout')} >/srv/secrets/minted`, creates: '/srv/secrets/minted' });
    if (vars.fails) task('fails with them', command, { run: 'cat >&2; printf "%s %s\\n" "$WORD" "$ODD"; printf %s "$WORD" | base64; exit 3', env: { WORD: vars.word, ODD: vars.odd }, stdin: vars.key });
  });
});
