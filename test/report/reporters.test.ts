import { describe, expect, it } from 'vitest';
import type { Reporter, RunEvent } from '../../src/report/event.ts';
import { jsonlReporter } from '../../src/report/jsonl/jsonl.ts';
import { junitReporter } from '../../src/report/junit/junit.ts';
import type { ReportOptions } from '../../src/report/options.ts';
import { plainReporter } from '../../src/report/plain/plain.ts';
import { runEventSchema } from '../../src/report/schema.ts';
import { loadDiff } from '../../src/report/text/diff.ts';
import { createStyle } from '../../src/report/text/style.ts';
import { ttyReporter } from '../../src/report/tty/tty.ts';
import { failedRun, planned } from './recorded.ts';

async function tell(events: readonly RunEvent[], make: (write: (text: string) => void) => Reporter): Promise<string> {
  let text = '';
  const reporter = make((more) => (text += more));
  for (const event of events) reporter.on(event);
  await reporter.end?.();
  return text;
}

const plain = (events: readonly RunEvent[], more: Partial<ReportOptions> = {}): Promise<string> => tell(events, (write) => plainReporter({ write, style: createStyle(false), ...more }));

describe('plain', () => {
  it('tells what changed and what failed, and what to do next', async () => {
    await expect(await plain(failedRun)).toMatchFileSnapshot('golden/failed.plain.txt');
  });
  it('tells a plan', async () => {
    await expect(await plain(planned)).toMatchFileSnapshot('golden/planned.plain.txt');
  });
  it('shows unified diffs', async () => {
    await expect(await plain(planned, { diff: await loadDiff() })).toMatchFileSnapshot('golden/planned.diff.txt');
  });
  it('tells everything when verbose', async () => {
    await expect(await plain(failedRun, { verbose: true })).toMatchFileSnapshot('golden/failed.verbose.txt');
  });
  it('lets no escape sequence of a node reach the terminal', async () => {
    expect(await plain(failedRun, { verbose: true })).not.toContain('\u001B');
  });
  it('colours only when asked', async () => {
    expect(await plain(planned, { style: createStyle(true) })).toContain('\u001B[33mwould change\u001B[39m');
  });
});

describe('jsonl', () => {
  it('prints every event on a line, as its schema says, runEnd last', async () => {
    const text = await tell(failedRun, jsonlReporter);
    const events = text.trimEnd().split('\n').map((line): unknown => JSON.parse(line));
    expect(events).toEqual(failedRun);
    for (const event of events) expect(runEventSchema.parse(event)).toEqual(event);
    await expect(text).toMatchFileSnapshot('golden/failed.jsonl');
  });
});

describe('junit', () => {
  it('makes a suite for each host and play', async () => {
    await expect(await tell(failedRun, junitReporter)).toMatchFileSnapshot('golden/failed.junit.xml');
  });
  it('stays well-formed whatever a node says', async () => {
    const [start, ...rest] = planned;
    if (!start) throw new Error('no events');
    const odd: RunEvent = { type: 'taskResult', play: 'a "b" <c>', host: 'h', task: 'x\u0000&\u001B[1m]]>', module: 'm', at: { file: 'f', line: 1, col: 1 }, status: 'failed', changes: [{ what: '<&>', from: null, to: '\uD800', run: '' }], ms: 1, attempts: 1 };
    const text = await tell([start, odd, ...rest], junitReporter);
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000B\u001B\uD800]/);
    expect(text).toContain('name="h: a &quot;b&quot; &lt;c&gt;"');
  });
});

describe('tty', () => {
  it('tells a short run without live rows, alike outcomes once', async () => {
    const twice = failedRun.flatMap((event) => (event.type === 'taskResult' && event.task === 'forwarding' ? [event, { ...event, host: 'node2' }] : [event]));
    await expect(await tell(twice, (write) => ttyReporter({ write, style: createStyle(false) }))).toMatchFileSnapshot('golden/failed.tty.txt');
  });
});
