import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/report/event.ts';
import { summaryReporter } from '../../../src/report/summary/summary.ts';
import { createProject, localInventory, type Project, schema } from '../../cli/terminal.ts';
import { failedRun, planned } from '../recorded.ts';

const summaryOf = (events: readonly RunEvent[]): string => {
  let text = '';
  const reporter = summaryReporter((more) => (text += more));
  for (const event of events) reporter.on(event);
  return text;
};

describe('the summary for a CI job', () => {
  it('of a failed run', async () => expect(summaryOf(failedRun)).toMatchFileSnapshot('golden/failed.md'));
  it('of a plan', async () => expect(summaryOf(planned)).toMatchFileSnapshot('golden/planned.md'));

  it('keeps markup and Markdown from outside as text: every block is HTML without a blank line', () => {
    const evil = '</td></table>\\n\\n# <script>x</script> | `a` [x](http://e) ![i](x)';
    const text = summaryOf(failedRun.map((event) => JSON.parse(JSON.stringify(event).replaceAll('forwarding', evil).replaceAll('Unable to locate', evil)) as RunEvent));
    const blocks = text.trimEnd().split('\n\n');
    expect(blocks.filter((part) => !/^(### [✅❌] plinth (apply|plan): [a-z ]+$|<(p|table|h4|ul|details)>)/.test(part))).toEqual([]);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;');
  });

  it('tells two hundred changes and counts the rest', () => {
    const [event] = failedRun.filter(({ type }) => type === 'taskResult').slice(1);
    const end = failedRun.at(-1);
    if (!event || !end) throw new Error('the recording has changed');
    expect(summaryOf([...Array.from({ length: 300 }, () => event), end])).toContain('and 400 more');
  });
});

describe('GITHUB_STEP_SUMMARY', () => {
  let project: Project;
  beforeEach(() => {
    project = createProject();
    project.write('inventory/schema.ts', schema);
    project.write('inventory/site.yaml', localInventory.replace('DIR', project.dir));
    project.write(
      'site.ts',
      `import { playbook } from 'plinth';
import { file } from 'plinth/modules';
import { fleet } from './inventory/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Files', groups.workers, { become: false }, ({ task, vars, host }) => {
    task('greeting', file, { path: \`\${vars.dir}/\${host.name}.txt\`, content: 'hello\\n', mode: '0644', owner: 'root', group: 'root' });
  });
});
`,
    );
  });
  afterEach(() => rmSync(project.dir, { recursive: true, force: true }));
  const env = (file: string) => ({ env: { HOME: project.dir, XDG_CACHE_HOME: join(project.dir, '.cache'), GITHUB_STEP_SUMMARY: join(project.dir, file) } });

  it('gets a summary of each run appended, unless --no-summary is given', async () => {
    project.write('summary.md', 'before\n');
    await project.runWith(env('summary.md'), 'plan', 'site.ts', '--output', 'jsonl');
    await project.runWith(env('summary.md'), 'apply', 'site.ts');
    await project.runWith(env('summary.md'), 'apply', 'site.ts', '--no-summary');
    const text = readFileSync(join(project.dir, 'summary.md'), 'utf8');
    expect(text.match(/^(before|### .*)$/gm)).toEqual(['before', '### ✅ plinth plan: changes are pending', '### ✅ plinth apply: converged']);
  });

  it('is no reason to fail', async () => {
    const { code, err } = await project.runWith(env('none/summary.md'), 'apply', 'site.ts');
    expect(code).toBe(0);
    expect(err).toMatch(/^note: the job's summary cannot be written: ENOENT/);
  });
});
