import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/cli/report/compare-runs.ts';
import { tellComparison } from '../../../src/cli/report/tell-comparison.ts';
import type { JournaledRun } from '../../../src/engine/journal/index.ts';
import type { RunEvent } from '../../../src/report/event.ts';
import { createStyle } from '../../../src/report/text/style.ts';
import { createProject, localInventory, type Project, schema } from '../../cli/terminal.ts';
import { failedRun } from '../recorded.ts';

const run = (id: string, events: readonly RunEvent[]): JournaledRun => {
  const end = events.findLast((event) => event.type === 'runEnd');
  return { dir: '/none', meta: { format: 1, id, mode: 'apply', playbook: 'site.ts', inventory: [], version: '0.1.0', startedAt: '', pid: 1 }, events, end, result: end?.ok ? 'ok' : 'failed' };
};
const edited = (edit: (event: RunEvent) => RunEvent | undefined): RunEvent[] => failedRun.flatMap((event) => edit(event) ?? []);

describe('two runs', () => {
  it('that are the same differ in nothing', () => {
    const { results, changes, times } = compareRuns(run('a', failedRun), run('b', failedRun));
    expect({ results, changes, times }).toEqual({ results: [], changes: [], times: [] });
  });

  it('are compared by result, change and time, whatever line a task stands on', () => {
    const after = edited((event) => {
      if (event.type !== 'taskResult') return event;
      const moved = { ...event, at: { ...event.at, line: event.at.line + 3 } };
      if (event.task === 'hostname') return undefined;
      if (event.task === 'install packages') return { ...moved, status: 'ok' as const, changes: [], ms: 90 };
      if (event.task === 'forwarding') return { ...moved, changes: event.changes.slice(0, 1) };
      return event.task === 'join the cluster' ? { ...moved, ms: 9000 } : moved;
    });
    const found = compareRuns(run('a', failedRun), run('b', after));
    expect(found.results).toEqual([
      { play: 'Prepare', task: 'hostname', host: 'node1', a: 'ok', b: null },
      { play: 'Prepare', task: 'install packages', host: 'node2', a: 'failed', b: 'ok' },
    ]);
    expect(found.changes).toMatchObject([{ task: 'forwarding', b: ['net.ipv4.ip_forward: "0" → "1"'] }]);
    expect(found.times).toMatchObject([{ task: 'join the cluster', a: 4100, b: 9000 }, { task: 'install packages', a: 900, b: 90 }]);
    const text = tellComparison(found, createStyle(false));
    expect(text).toContain('node2  Prepare › install packages  failed → ok');
    expect(text).toContain('node1  Prepare › hostname          ok → not there');
    expect(text).toMatch(/ {4}- \/etc\/app\.conf: /);
    expect(text).toContain('4.1 s → 9.0 s');
  });

  it('of a loop are paired one by one', () => {
    const [task] = failedRun.filter((event) => event.type === 'taskResult');
    if (task?.type !== 'taskResult') throw new Error('the recording has changed');
    const loop = [task, { ...task, status: 'changed' as const }, task];
    expect(compareRuns(run('a', loop), run('b', [task, task])).results).toMatchObject([{ a: 'changed', b: 'ok' }, { a: 'ok', b: null }]);
  });
});

describe('plinth runs diff', () => {
  let project: Project;
  beforeEach(() => {
    project = createProject();
    project.write('inventory/schema.ts', schema);
    project.write('inventory/site.yaml', localInventory.replace('DIR', project.dir));
    project.write('site.ts', "import { playbook } from 'plinth';\nimport { file } from 'plinth/modules';\nimport { fleet } from './inventory/schema.ts';\nexport default playbook(fleet, ({ play, groups }) => {\n  play('Files', groups.controlPlane, { become: false }, ({ task, vars }) => {\n    task('greeting', file, { path: `${vars.dir}/a.txt`, content: 'hello\\n', mode: '0644', owner: 'root', group: 'root' });\n  });\n});\n");
  });
  afterEach(() => rmSync(project.dir, { recursive: true, force: true }));

  it('says what became different, and needs two runs that there are', async () => {
    await project.run('apply', 'site.ts');
    const [first = ''] = readdirSync(join(project.dir, '.plinth/runs'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await project.run('apply', 'site.ts');
    const { code, out } = await project.run('runs', 'diff', first);
    expect(code).toBe(0);
    expect(out).toContain('cp1  Files › greeting  changed → ok');
    expect(JSON.parse((await project.run('runs', 'diff', first, 'last', '--output', 'json')).out)).toMatchObject({ a: { id: first, result: 'ok' }, results: [{ a: 'changed', b: 'ok' }] });
    expect((await project.run('runs', 'diff', first, first)).out).toContain('Both came to the same results.');
    expect((await project.run('runs', 'diff')).err).toContain('plinth runs diff wants two runs');
    expect((await project.run('runs', 'diff', 'nope')).err).toContain('there is no run "nope"');
    expect((await project.run('runs', 'show', 'last', 'more')).err).toContain('"more" is one argument too many');
    expect((await project.run('runs', 'mend', 'last')).err).toContain('it cannot "mend" them');
  });
});
