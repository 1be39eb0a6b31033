import { defineFleet, defineTemplate, playbook } from 'plinth';
import { assert, block, command, directory, file, line, link, sysctl, template, user } from 'plinth/modules';
import { z } from 'zod';
import resources from './resources.json' with { type: 'json' };

const fleet = defineFleet({ shared: z.strictObject({}), groups: {} });

const site = defineTemplate({
  name: 'site.conf.hbs',
  source: 'name = {{name}}\nport = {{port}}\nworkers = {{workers}}\nlog = {{log}}\n',
  vars: z.strictObject({ name: z.string(), port: z.int(), workers: z.int(), log: z.string() }),
});

/** 60 tasks: the mix that other tools were measured with. */
export default playbook(fleet, ({ play, groups }) => {
  play('Sixty things', groups.all, ({ task }) => {
    for (const args of resources.directories) task(args.path, directory, args);
    for (const args of resources.links) task(args.path, link, args);
    for (const { path } of resources.absent) task(path, file, { path, state: 'absent' });
    for (const { path, content } of [...resources.texts, ...resources.copies]) task(path, file, { path, content, mode: '0644' });
    for (const { path, ...vars } of resources.templates) task(path, template, { path, from: site(vars), mode: '0644' });
    for (const args of resources.lines) task(args.line, line, args);
    for (const { file: name, key, value } of resources.sysctls) task(key, sysctl, { file: name, values: { [key]: value } });
    for (const args of resources.users) task(args.name, user, args);
    for (const { path, marker, text } of resources.blocks) task(marker, block, { path, name: marker, content: text });
    for (const { path } of resources.asserts) task(`see ${path}`, assert, { that: [{ test: `[ -d ${path} ]`, message: `${path} is no directory` }] });
    for (const { run, creates } of resources.commands) task(creates, command, { run, creates });
  });
});
