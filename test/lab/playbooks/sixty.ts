import { defineFleet, defineTemplate, playbook, rest } from 'plinth';
import { assert, authorizedKeys, block, command, directory, file, group, hosts, line, link, service, sysctl, template, user } from 'plinth/modules';
import { z } from 'zod';

const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });
const conf = defineTemplate({ name: 'conf.hbs', source: 'n = {{n}}\n', vars: z.strictObject({ n: z.int() }) });
const five = [1, 2, 3, 4, 5];

/** Two plays of sixty tasks together on most hosts: each kind of reading several times. */
export default playbook(fleet, ({ play, groups }) => {
  play('Forty-five', groups.all, ({ task }) => {
    for (const n of five) task(`folder ${n}`, directory, { path: `/srv/sixty/${n}`, mode: n % 2 ? '0755' : '0750' });
    for (const n of five) task(`text ${n}`, file, { path: `/srv/sixty/${n}/text`, content: `${'long '.repeat(n * 200)}\n` });
    for (const n of five) task(`template ${n}`, template, { path: `/srv/sixty/${n}/conf`, from: conf({ n }), mode: '0600' });
    for (const n of five) task(`line ${n}`, line, { path: '/srv/sixty/lines', line: `line ${n}`, create: true });
    for (const n of five) task(`block ${n}`, block, { path: '/srv/sixty/blocks', name: `block ${n}`, content: `in ${n}`, create: true });
    for (const n of five) task(`link ${n}`, link, { path: `/srv/sixty/link${n}`, target: `/srv/sixty/${n}` });
    for (const n of five) task(`no file ${n}`, file, { path: `/srv/sixty/gone${n}`, state: 'absent' });
    for (const n of five) task(`command ${n}`, command, { run: `touch /srv/sixty/made${n}`, creates: `/srv/sixty/made${n}` });
    for (const n of five) task(`assertion ${n}`, assert, { that: [{ test: `[ -d /srv/sixty/${n} ]`, message: 'there is no such folder' }] });
  });
  play('Fifteen', rest(groups.all), ({ task }) => {
    for (const n of [1, 2, 3]) task(`group ${n}`, group, { name: `sixty${n}` });
    for (const n of [1, 2, 3]) task(`user ${n}`, user, { name: `sixtyuser${n}`, groups: [`sixty${n}`] });
    for (const n of [1, 2]) task(`keys ${n}`, authorizedKeys, { user: `sixtyuser${n}`, keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample0 someone'] });
    for (const [key, value] of [['vm.swappiness', 17], ['net.ipv4.ip_forward', 1], ['kernel.panic', 11]] as const) task(key, sysctl, { file: `90-${key.replaceAll('.', '-')}`, values: { [key]: value } });
    for (const name of ['ssh', 'cron', 'systemd-journald']) task(`service ${name}`, service, { name });
    task('names', hosts, { entries: [{ address: '192.0.2.7', names: ['elsewhere'] }] });
  });
});
