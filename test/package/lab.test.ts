import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyProject, packInto, type Project } from './project.ts';

let project: Project;
const fleet = ['-i', 'inventory/lab.yaml', '-i', '.plinth/lab/lab/inventory.yaml'];
const plinth = (...args: string[]) => project.run('npx', '--no-install', 'plinth', ...args);

beforeAll(() => {
  project = emptyProject();
  project.must('npm', 'install', '--no-audit', '--no-fund', packInto(project.dir));
  project.must('npx', '--no-install', 'plinth', 'init');
  project.must('npm', 'install', '--no-audit', '--no-fund');
  project.must('npx', '--no-install', 'plinth', 'lab', 'up', '--nodes', '2');
});
afterAll(() => {
  plinth('lab', 'down');
  project.remove();
});

const lastEvent = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

it('runs the starter on lab nodes: a plan, then what was planned, then nothing', () => {
  const plan = plinth('plan', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
  expect(plan.stderr).toBe('');
  expect(lastEvent(plan.stdout)).toMatchObject({ type: 'runEnd', ok: true, hosts: 2, failed: 0, unreachable: 0, unknown: 0, pending: 5 });
  expect(plan.status).toBe(2);

  const first = plinth('apply', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
  expect(lastEvent(first.stdout)).toMatchObject({ type: 'runEnd', ok: true, changed: 5, failed: 0 });
  expect(first.status).toBe(0);

  const second = plinth('apply', 'playbooks/site.ts', ...fleet, '--output', 'jsonl');
  expect(lastEvent(second.stdout)).toMatchObject({ type: 'runEnd', ok: true, changed: 0, unchanged: 5, failed: 0 });
  expect(second.status).toBe(0);
  expect(plinth('plan', 'playbooks/site.ts', ...fleet).status).toBe(0);

  const motd = plinth('exec', ...fleet, 'all', '--', 'cat', '/etc/motd');
  expect(motd.stdout).toContain('Set up by Plinth. This is node2.');
});
