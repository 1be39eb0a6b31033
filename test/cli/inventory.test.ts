import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProject } from './terminal.ts';

const schema = `import { z } from 'zod';
import { defineFleet } from 'plinth';
export const fleet = defineFleet({ shared: z.strictObject({ tz: z.string().optional() }), groups: { workers: z.strictObject({}) } });
`;
const playbook = `import { playbook } from 'plinth';
import { sysctl } from 'plinth/modules';
import { fleet } from '../inv/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Workers', groups.workers, ({ task, vars }) => task(\`in \${vars.tz}\`, sysctl, { file: '90-x', values: { 'vm.swappiness': 10 } }));
});
`;

describe('an Ansible inventory on the command line', () => {
  it('is a folder with its schema in it, and its warnings have places', async () => {
    const project = createProject();
    project.write('inv/schema.ts', schema);
    project.write('inv/hosts.ini', '[workers]\nw[1:2]\n[other]\no1 far=1\n');
    project.write('inv/group_vars/all.yml', 'tz: Europe/Berlin\nshort: "{{ tz }}"\n');
    const ran = await project.run('list', '-i', 'inv');
    expect(ran).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "warning: inv/group_vars/all.yml:2:8: the variable short is a Jinja template, and templates are not evaluated here; it is left out
        → what a playbook needs of them goes into a Plinth file beside: -i INVENTORY -i more.yaml
      warning: inv/hosts.ini:4:4: one variable of the Ansible inventory is unknown to the schema of the fleet and left out: far
        → declare in schema.ts what playbooks are to see
      ",
        "out": "inv  3 hosts
        w1  workers
        w2  workers
        o1  other
      ",
      }
    `);
    expect((await project.run('explain', 'w1', 'tz', '-i', 'ansible:inv')).out).toBe('tz = Europe/Berlin\n  all  inv/group_vars/all.yml:1:5\n');
    expect((await project.run('list', '-i', 'inv/hosts.ini', '--output', 'json')).out).toContain('"w2"');
  });

  it('has all that is left out told by --verbose', async () => {
    const project = createProject();
    project.write('inv/schema.ts', schema);
    project.write('inv/hosts.ini', `[workers]\nw1 ${Array.from({ length: 12 }, (_, index) => `v${index}=1`).join(' ')}\n`);
    expect((await project.run('list', '-i', 'inv')).err).toContain('v7 and 4 more (`plinth list --verbose` names all)');
    expect((await project.run('list', '-i', 'inv', '--verbose')).err).toContain('v10, v11');
  });

  it('serves a playbook', async () => {
    const project = createProject();
    project.write('inv/schema.ts', schema);
    project.write('inv/hosts.ini', '[workers]\nw1\n[workers:vars]\ntz=UTC\n');
    project.write('playbooks/site.ts', playbook);
    expect(await project.run('list', 'playbooks/site.ts', '-i', 'inv/hosts.ini')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('in UTC') });
  });

  it('is found in ./inventory', async () => {
    const project = createProject();
    project.write('inventory/hosts.ini', '[workers]\nw1\n');
    expect((await project.run('list')).out).toContain('inventory/hosts.ini  1 host');
  });
});

describe('a dynamic inventory on the command line', () => {
  const made = () => {
    const project = createProject();
    chmodSync(project.write('hosts.sh', '#!/bin/sh\necho asked >> asked\necho "hosts: [d1]"\n'), 0o755);
    return project;
  };

  it('is asked once and then taken from the cache, until --refresh', async () => {
    const project = made();
    expect(await project.run('list', '-i', 'command:./hosts.sh')).toMatchObject({ code: 0, err: '' });
    expect((await project.run('list', '-i', 'command:./hosts.sh')).err).toMatch(/^command:\.\/hosts\.sh: from the cache, \d+ s old \(--refresh asks again\)\n$/);
    expect((await project.run('list', '-i', 'command:./hosts.sh', '--refresh')).err).toBe('');
  });

  it('may stand in PLINTH_INVENTORY among files', async () => {
    const project = made();
    project.write('more.yaml', 'groups: { g: { hosts: [d1, f1] } }\n');
    const ran = await project.runWith({ env: { PATH: process.env['PATH'], HOME: project.dir, PLINTH_INVENTORY: 'more.yaml:command:./hosts.sh' } }, 'list');
    expect(ran.out).toContain('more.yaml, command:./hosts.sh  2 hosts');
  });

  it('of a misspelt name is told', async () => {
    expect((await createProject().run('list', '-i', 'teraform:infra')).err).toMatchInlineSnapshot(`
      "✗ teraform:infra: there is no source "teraform:", and no file of this name
        → did you mean terraform:? There are ansible:, vagrant:, terraform:, command:, ssh-config:
      "
    `);
  });
});
