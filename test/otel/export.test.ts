import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/context.ts';
import { createProject, localInventory, type Project, type Ran, schema } from '../cli/terminal.ts';
import { type Collector, collector, plain } from './collector.ts';

const site = `import { playbook } from 'plinth';
import { command, directory, file } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Files', groups.all, { become: false }, ({ task, vars, host }) => {
    task('folder', directory, { path: \`\${vars.dir}/\${host.name}\` });
    task('text', file, { path: \`\${vars.dir}/\${host.name}/text\`, content: vars.text });
    if (vars.text === 'fail') task('fails', command, { run: 'echo broken >&2; exit 3' });
  });
  play('Workers', groups.workers, { become: false }, ({ task, vars }) => {
    task('known', directory, { path: vars.dir });
  });
});
`;

let project: Project;
beforeEach(() => {
  project = createProject();
  project.write('inventory/lab.yaml', localInventory.replace('DIR', `${project.dir}/nodes`));
  project.write('inventory/schema.ts', schema);
  project.write('playbooks/site.ts', site);
  project.write('nodes/.keep', '');
});
afterEach(() => rmSync(project.dir, { recursive: true }));

const env = (more: Record<string, string> = {}): Pick<Io, 'env'> => ({ env: { HOME: project.dir, XDG_CACHE_HOME: `${project.dir}/.cache`, ...more } });
/** The library reads its variables from the process, as everything else does that speaks OTLP. */
async function apply(args: readonly string[], more: Record<string, string> = {}): Promise<Ran> {
  const before = { ...process.env };
  Object.assign(process.env, more);
  try {
    return await project.runWith(env(more), 'apply', 'playbooks/site.ts', ...args);
  } finally {
    for (const key of Object.keys(more)) {
      if (before[key] === undefined) delete process.env[key];
      else process.env[key] = before[key];
    }
  }
}

/** The tree of spans: names with their children, in order. */
function tree(of: Collector): unknown {
  const spans = of.spans();
  const under = (id: string | undefined): unknown => Object.fromEntries(spans.filter(({ parentSpanId }) => (parentSpanId ?? '') === (id ?? '')).toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((span) => [span.name, under(span.spanId)]));
  return under(undefined);
}

describe('a run as a trace', () => {
  it('has a span for the run, each play, each host in it and each task, within one another in time', async () => {
    const to = await collector();
    expect((await apply(['--otlp', to.url])).code).toBe(0);
    expect(new Set(to.paths)).toEqual(new Set(['/v1/traces']));
    const tasks = { folder: {}, text: {} };
    expect(tree(to)).toEqual({ 'plinth apply': { Files: { cp1: tasks, w1: tasks, w2: tasks }, Workers: { w1: { known: {} }, w2: { known: {} } } } });
    const spans = to.spans();
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    for (const one of spans) {
      const above = spans.find(({ spanId }) => spanId === one.parentSpanId);
      expect(BigInt(one.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(one.startTimeUnixNano));
      // Clocks of the library tick finer than ours.
      if (above) expect(BigInt(one.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(above.endTimeUnixNano) + 2_000_000n);
    }
    const run = spans.find(({ name }) => name === 'plinth apply');
    expect(plain(run?.attributes ?? [])).toMatchObject({ 'plinth.mode': 'apply', 'plinth.playbook': 'playbooks/site.ts', 'plinth.hosts': 3, 'plinth.ok': true, 'plinth.changed': 6 });
    const text = spans.find(({ name }) => name === 'text');
    expect(plain(text?.attributes ?? [])).toMatchObject({ 'plinth.module': 'file', 'plinth.status': 'changed', 'plinth.changes': 1, 'code.file.path': expect.stringMatching(/playbooks\/site\.ts$/) as string, 'code.line.number': 7 });
    expect(text?.events.map(({ name }) => name)).toEqual(['change']);
    expect(to.resource()).toMatchObject({ 'service.name': 'plinth', 'service.version': '0.1.0' });
  });

  it('says what failed', async () => {
    const to = await collector();
    project.write('more.yaml', 'vars: { text: fail }\n');
    expect((await apply(['-i', 'inventory/lab.yaml', '-i', 'more.yaml', '--otlp', `${to.url}/v1/traces`])).code).toBe(1);
    const failed = to.spans().filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name).toSorted()).toEqual(['cp1', 'fails', 'fails', 'fails', 'plinth apply', 'w1', 'w2']);
    const task = failed.find(({ name }) => name === 'fails');
    expect(task?.status.message).toContain('exit code 3');
    expect(plain(task?.events.find(({ name }) => name === 'exception')?.attributes ?? [])).toMatchObject({ 'exception.type': 'apply', 'exception.stacktrace': expect.stringContaining('broken') as string });
  });

  it('goes where the variables of OpenTelemetry say, with what they say, beneath the span of the CI', async () => {
    const to = await collector();
    const { code } = await apply([], { OTEL_EXPORTER_OTLP_ENDPOINT: to.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=lab', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=lab', OTEL_SERVICE_NAME: 'homelab', TRACEPARENT: `00-${'4b'.repeat(16)}-${'00f067aa0ba902b7'}-01` });
    expect(code).toBe(0);
    expect(to.headers[0]).toMatchObject({ 'x-tenant': 'lab' });
    expect(to.resource()).toMatchObject({ 'service.name': 'homelab', 'deployment.environment.name': 'lab' });
    expect(to.spans().find(({ name }) => name === 'plinth apply')).toMatchObject({ traceId: '4b'.repeat(16), parentSpanId: '00f067aa0ba902b7' });
  });

  it('goes nowhere unless it is asked for', async () => {
    const to = await collector();
    await apply([]);
    await apply([], { OTEL_EXPORTER_OTLP_ENDPOINT: to.url, OTEL_SDK_DISABLED: 'true' });
    await apply([], { OTEL_EXPORTER_OTLP_ENDPOINT: to.url, OTEL_TRACES_EXPORTER: 'none' });
    expect(to.bodies).toEqual([]);
  });

  it('holds no more of thousands of spans than one run needs, and loses none', async () => {
    const to = await collector();
    project.write('playbooks/site.ts', site.replace("task('folder'", "for (let i = 0; i < 1000; i++) task(`known ${i}`, directory, { path: vars.dir });\n    task('folder'"));
    expect((await apply(['--otlp', to.url])).code).toBe(0);
    expect(to.spans().length).toBe(1 + 2 + 5 + 3 * 1002 + 2);
  });
});

describe('a collector that does not take it fails no run, and is told', () => {
  it.each<readonly [string, () => Promise<string>, RegExp, Record<string, string>]>([
    ['nobody listens', async () => 'http://127.0.0.1:1', /did not reach http:\/\/127\.0\.0\.1:1\/v1\/traces: .*ECONNREFUSED/, {}],
    ['it refuses', async () => (await collector(400)).url, /did not reach \S+: .*Bad Request/, {}],
    ['it never answers', async () => (await collector('never')).url, /did not reach \S+: .*[Tt]ime/, { OTEL_EXPORTER_OTLP_TIMEOUT: '300' }],
  ])('%s', async (_, url, told, more) => {
    const { code, err } = await apply(['--otlp', await url()], more);
    expect(code).toBe(0);
    expect(err).toMatch(told);
    expect(err.match(/note:/g)).toHaveLength(1);
  });

  it.each(['localhost:4318', 'grpc://x:4317', ''])('an address that is none is refused before the run: %s', async (url) => {
    const { code, err } = await apply(['--otlp', url]);
    expect(code).toBe(1);
    expect(err).toContain(`--otlp ${url} is no address of a collector`);
  });
});
