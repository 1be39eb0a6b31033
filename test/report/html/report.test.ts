import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/report/html/index.ts';
import type { RunEvent } from '../../../src/report/event.ts';
import { failedRun, planned } from '../recorded.ts';
import { longRun } from './recorded.ts';
import { parts } from './parts.ts';

const about = { id: '20261120-185015-3f9a', result: 'failed' } as const;

describe('the page', () => {
  it('tells a failed run: verdict, totals, cause, evidence, way out, and every task on every host', async () => {
    const { text } = parts(await htmlReport(failedRun, about));
    expect(text).toContain('playbooks/site.ts Failed');
    expect(text).toContain('node2 Prepare › install packages package curl: failed'.replace('failed', 'exit code 100'));
    expect(text).toContain('E: Unable to locate package curlx');
    expect(text).toContain('no configured source has that package');
    expect(text).toContain('check its spelling and the package sources of the node');
    expect(text).toContain('node3 connection refused by 10.0.0.13 port 22');
    expect(text).toContain('Is sshd running there?');
    expect(text).toContain('the clock is 2.1 s late');
    expect(text).toContain('kubeadm join --token <mint.token> --pass ***');
    expect(text).toContain('restart app');
    expect(text).toContain('2 attempts');
  });

  it('shows diffs of texts and both ends of values', async () => {
    const { text } = parts(await htmlReport(failedRun, about));
    expect(text).toContain('net.ipv4.ip_forward 0 → 1');
    expect(text).toContain('@@ -1,3 +1,4 @@ one -two +2 three +four');
  });

  it('tells a plan in its own words', async () => {
    const { text } = parts(await htmlReport(planned, { id: 'r2', result: 'ok' }));
    expect(text).toContain('playbooks/site.ts Planned');
    expect(text).toContain('What would change');
    expect(text).toContain('crictl is not there yet');
    expect(text).toContain('may change with the tasks before it');
  });

  it('stays whole where a run was cut off, or told nothing at all', async () => {
    const cut = longRun().slice(0, 400);
    expect(parts(await htmlReport(cut, { ...about, result: 'interrupted' })).text).toContain('Interrupted');
    expect(parts(await htmlReport([], { ...about, result: 'interrupted' })).text).toContain(about.id);
  });

  it('leads every link within the page to something that is there, each id once', async () => {
    const { html, ids } = parts(await htmlReport(longRun(), about));
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter((href) => !href.startsWith('#') || !ids.includes(href.slice(1)))).toEqual([]);
    expect(links.length).toBeGreaterThan(100);
  });

  it('is under 1 MB for 200 tasks on three nodes, also where every one of them rewrites a long file', async () => {
    expect((await htmlReport(longRun(), about)).length).toBeLessThan(400_000);
    const long = (seed: string): string => Array.from({ length: 500 }, (_, i) => `${seed} line ${i}\n`).join('');
    const every = longRun({ fails: false }).map((event) => (event.type === 'taskResult' ? { ...event, status: 'changed' as const, changes: [{ what: `/etc/${event.task}`, from: long('a'), to: long(`${event.host}${event.task}`), run: 'put' }] } : event));
    const page = await htmlReport(every, about);
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page).toContain('left out here, so that this page stays small');
    expect(page).toContain(`plinth runs show ${about.id} --diff`);
  });

  it('puts times together from durations where none were noted', async () => {
    const untimed = longRun().map((event) => JSON.parse(JSON.stringify({ ...event, t: undefined })) as RunEvent);
    expect(parts(await htmlReport(untimed, about)).text).toContain('put together from durations');
  });
});

describe('what comes from outside', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\'&amp;{{x}}\u202E\u001B]0;t\u0007';
  const run: RunEvent[] = failedRun.map((event) => JSON.parse(JSON.stringify(event).replaceAll(/"(node1|Prepare|forwarding|one\\ntwo\\nthree\\n|net\.ipv4\.ip_forward|the clock is 2.1 s late|playbooks\/site\.ts|package curl: exit code 100|inventory\/lab\.yaml|0\.1\.0|restart app|any)"/g, (_, word: string) => JSON.stringify(`${JSON.parse(`"${word}"`) as string}${evil}`))) as RunEvent);

  it('is text and nothing else, wherever it stands', async () => {
    const page = await htmlReport(run, { ...about, limit: evil, tags: [evil] });
    const plain = parts(await htmlReport(failedRun, { ...about, limit: 'x', tags: ['x'] }));
    const { html, tags, attributes } = parts(page);
    expect(new Set(tags)).toEqual(new Set(plain.tags));
    expect(new Set(attributes)).toEqual(new Set(plain.attributes));
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(1);
    for (const hidden of ['\u202E', '\u001B']) expect(html).not.toContain(hidden);
    expect(page.split('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(20);
  });
});

describe('the policy', () => {
  it('lets nothing load and no script run but the one of the page; no handlers in attributes', async () => {
    const { html, attributes } = parts(await htmlReport(longRun(), about));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const { createHash } = await import('node:crypto');
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(attributes.filter((name) => name.startsWith('on') || name === 'src')).toEqual([]);
    expect(html).not.toMatch(/https?:\/\/|@import|url\(/);
  });
});
