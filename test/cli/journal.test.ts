import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findResumable, findRun, listRuns, newRunId, openJournal, type RunMeta } from '../../src/engine/journal/index.ts';
import { failedRun } from '../report/recorded.ts';

let root = '';
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'plinth-journal-')), 'runs');
});
afterEach(() => rmSync(join(root, '..'), { recursive: true }));

const meta = (n: number, more: Partial<RunMeta> = {}): RunMeta => {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
  return { format: 1, id: newRunId(new Date(startedAt)), mode: 'apply', playbook: 'a.ts', inventory: ['i.yaml'], version: '1', startedAt, pid: 4_194_303, ...more };
};
const note = (message: string): void => {
  throw new Error(message);
};

describe('journal', () => {
  it('is on disk after every event, and readable by its owner alone', () => {
    const one = meta(1);
    const journal = openJournal(root, one, note);
    failedRun.forEach((event, i) => {
      journal.on(event);
      expect(readFileSync(join(root, one.id, 'events.jsonl'), 'utf8').split('\n').length).toBe(i + 2);
    });
  });

  it('gives back what was told', async () => {
    const one = meta(1);
    const journal = openJournal(root, one, note);
    for (const event of failedRun) journal.on(event);
    await journal.end?.();
    const t: unknown = expect.any(Number);
    const stamped = failedRun.map((event) => ({ ...event, t }));
    expect(await listRuns(root)).toEqual([{ dir: join(root, one.id), meta: one, events: stamped, end: stamped.at(-1), result: 'failed' }]);
    const times = readFileSync(join(root, one.id, 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { t: number }).t);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((await findRun(root, one.id.slice(0, 13))).meta.id).toBe(one.id);
    expect((await findRun(root, one.id.slice(-4))).meta.id).toBe(one.id);
  });

  it('keeps the last forty applies and ten plans', async () => {
    for (let n = 0; n < 45; n++) {
      await openJournal(root, meta(n), note).end?.();
      await openJournal(root, meta(n, { mode: 'plan' }), note).end?.();
    }
    const runs = await listRuns(root);
    expect(runs.filter((run) => run.meta.mode === 'apply').map((run) => run.meta.startedAt).at(-1)).toBe(meta(5).startedAt);
    expect(runs.filter((run) => run.meta.mode === 'plan')).toHaveLength(10);
  });

  it('passes over what it cannot read', async () => {
    mkdirSync(join(root, '20260101-000000-aaaa'), { recursive: true });
    writeFileSync(join(root, '20260101-000000-aaaa', 'meta.json'), '{"format": 2');
    writeFileSync(join(root, 'stray'), '');
    expect(await listRuns(root)).toEqual([]);
    expect(await listRuns(join(root, 'none'))).toEqual([]);
    expect(readdirSync(root)).toContain('stray');
  });

  it('says once that it cannot write, and lets the run go on', async () => {
    mkdirSync(join(root, '..'), { recursive: true });
    writeFileSync(root, 'a file in the way');
    const said: string[] = [];
    const journal = openJournal(root, meta(1), (message) => said.push(message));
    for (const event of failedRun) journal.on(event);
    await journal.end?.();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('the run is not written down');
  });
});

describe('findResumable', () => {
  const asked = { playbook: 'a.ts', inventory: ['i.yaml'] };
  const write = (one: RunMeta, events = failedRun.slice(0, -1)): void => {
    const journal = openJournal(root, one, note);
    for (const event of events) journal.on(event);
  };

  it('gives the events that were made, those of the run before included', async () => {
    const first = meta(1);
    write(first);
    write(meta(2, { resumes: first.id }), []);
    write(meta(3, { playbook: 'b.ts' }));
    write(meta(4, { mode: 'plan' }));
    const { run, done } = await findResumable(root, asked);
    expect(run.meta.startedAt).toBe(meta(2).startedAt);
    expect([...done]).toEqual(['node1|0.3|d1']);
  });

  it('refuses where there is nothing to go on with', async () => {
    await expect(findResumable(root, asked)).rejects.toThrow('there is no run of a.ts over i.yaml to go on with');
    write(meta(1, { pid: process.pid }));
    await expect(findResumable(root, asked)).rejects.toThrow('is still going on');
    const end = failedRun.at(-1);
    if (end?.type !== 'runEnd') throw new Error('no end');
    write(meta(2), [{ ...end, ok: true, errors: [] }]);
    await expect(findResumable(root, asked)).rejects.toThrow('came to its end');
    await expect(findResumable(root, { ...asked, inventory: ['i.yaml', 'j.yaml'] })).rejects.toThrow('there is no run');
  });
});
