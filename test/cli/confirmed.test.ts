import { expect, it } from 'vitest';
import { createProject, localInventory } from './terminal.ts';

const playbook = `import { defineFleet, playbook } from 'plinth';
import { file } from 'plinth/modules';
import { z } from 'zod';
const fleet = defineFleet({ shared: z.strictObject({ dir: z.string() }), groups: { controlPlane: z.strictObject({}), workers: z.strictObject({}) } });
export default playbook(fleet, ({ play, groups, confirm, warn }) => {
  confirm('home', 'This takes the cluster home away');
  warn('nobody tests this');
  play('All', groups.all, { become: false }, ({ task, vars }) => void task('mark', file, { path: vars.dir + '/mark', content: 'x' }));
});
`;

function project() {
  const made = createProject();
  made.write('inventory/lab.yaml', localInventory.replace('DIR', made.dir));
  made.write('playbooks/reset.ts', playbook);
  return made;
}

const terminal = { stdout: true, canAsk: true, columns: 100, rows: 40 };

it('is asked for before anything is connected, and another word is a no', async () => {
  const { run, runWith } = project();
  const openConnection = () => Promise.reject(new Error('connected'));
  await expect(runWith({ openConnection }, 'apply', 'playbooks/reset.ts')).resolves.toMatchObject({ code: 1, err: expect.stringContaining('Give --confirm home') as string });
  await expect(runWith({ openConnection, terminal, ask: async () => 'homer' }, 'reset')).resolves.toMatchObject({ code: 1, err: expect.stringContaining('not confirmed: "homer" is not home') as string });
  await expect(run('reset', '--confirm', 'other')).resolves.toMatchObject({ code: 1, err: expect.stringContaining('does not name home') as string });
});

it('is not asked of a plan, which changes nothing, and warnings are told', async () => {
  const { code, out } = await project().run('plan', 'playbooks/reset.ts');
  expect(code).toBe(2);
  expect(out).toContain('nobody tests this');
});

it('goes on with the word, typed or given', async () => {
  const { run, runWith } = project();
  await expect(run('reset', '--confirm', 'home', '--limit', 'cp1')).resolves.toMatchObject({ code: 0 });
  const questions: string[] = [];
  await expect(runWith({ terminal, ask: async (question) => (questions.push(question), 'home') }, 'reset', '--output', 'plain', '--limit', 'cp1')).resolves.toMatchObject({ code: 0 });
  expect(questions).toEqual(['This takes the cluster home away. Type home to go on: ']);
});
