export const playbook = `import { playbook } from 'plinth';
import { directory, sysctl } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
import { motd } from '../modules/motd/index.ts';

/** What every machine of the site has, and what its workers have besides. */
export default playbook(fleet, ({ play, groups }) => {
  play('Every node', groups.all, ({ task, vars, host }) => {
    task('greeting', motd, { text: \`\${vars.greeting} This is \${host.name}.\` });
    task('kernel parameters', sysctl, { file: '90-site', values: vars.sysctl });
  });

  play('Workers', groups.workers, ({ task, vars }) => {
    task('scratch space', directory, { path: vars.scratch, mode: '1777' });
  });
});
`;
