import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineModule, refuse, sh } from '../../src/contract/index.ts';
import type { RunEvent } from '../../src/report/event.ts';
import { type ToyContext, runToy, toyFleet } from './run-toy.ts';
import { readCell, setCell, toyNode } from './toy-node.ts';
import { playbook } from '../../src/dsl/playbook.ts';

/** Brings a tool. */
const install = defineModule({ ...setCell, name: 'install', brings: ({ key }) => [`package ${key}`] });

/** Wants a tool before anything else, and foresees what it will do when it is there. */
const configure = defineModule({
  name: 'configure',
  summary: 'A configured tool.',
  args: z.strictObject({ tool: z.string(), nothing: z.boolean().default(false) }),
  observe: ({ tool }) => ({ tool: readCell(tool), config: readCell(`${tool}.conf`) }),
  *plan({ tool, nothing }, { tool: there, config }) {
    const wanted = change(`${tool}.conf`, config, 'ours', sh.raw(`set ${JSON.stringify({ cells: { [`${tool}.conf`]: 'ours' }, fails: false })}`));
    if (there === undefined) return yield refuse(`there is no ${tool}`, 'its cell is empty', { unless: { brought: [`package ${tool}`, `package ${tool}-ng`], changes: nothing ? [] : [wanted] } });
    if (config !== 'ours' && !nothing) yield wanted;
  },
  brings: ({ tool }) => [`package ${tool}-configured`],
});

const told = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'taskResult' ? [[event.host, event.task, event.status, event.note ?? ''].filter(Boolean).join(' ')] : []));

const body = ({ play, groups }: ToyContext): void => {
  play('One', groups.all, ({ task }) => {
    task('tools', install, { key: 'chrony', value: '4' });
    task('clock', configure, { tool: 'chrony' });
  });
};

describe('a plan foresees what an earlier task brings', () => {
  it('and tells what will differ then; apply finds the same', async () => {
    const planned = await runToy({ a: toyNode() }, body, { mode: 'plan' });
    expect(told(planned.events)).toEqual(['a tools would-change', 'a clock would-change as it will be when "tools" is done']);
    expect(planned.end).toMatchObject({ ok: true, unknown: 0, failed: 0, pending: 2 });
    const node = toyNode();
    const applied = await runToy({ a: node }, body);
    expect(applied.end).toMatchObject({ ok: true, changed: 2 });
    const changesOf = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'taskResult' ? [event.changes] : []));
    expect(changesOf(applied.events)).toEqual(changesOf(planned.events));
    expect((await runToy({ a: node }, body, { mode: 'plan' })).end).toMatchObject({ ok: true, pending: 0, unknown: 0 });
  });

  it('says that it will be as wanted where nothing is left to do', async () => {
    const planned = await runToy({ a: toyNode() }, ({ play, groups }: ToyContext) => {
      play('One', groups.all, ({ task }) => {
        task('tools', install, { key: 'runc', value: '1' });
        task('version', configure, { tool: 'runc', nothing: true });
      });
    }, { mode: 'plan' });
    expect(told(planned.events)).toEqual(['a tools would-change', 'a version ok as it will be when "tools" is done']);
  });

  it('does not believe in what nobody brings, and says which task it waits for', async () => {
    const planned = await runToy({ a: toyNode() }, ({ play, groups }: ToyContext) => {
      play('One', groups.all, ({ task }) => {
        task('clock', configure, { tool: 'chrony' });
        task('tools', install, { key: 'curl', value: '8' });
        task('clock again', configure, { tool: 'chrony' });
      });
    }, { mode: 'plan' });
    expect(told(planned.events)).toEqual(['a clock failed', 'a tools would-change', 'a clock again unknown not known before "tools" is done: there is no chrony']);
  });

  it('does not count on a task that has nothing to do: what it should have brought is not there', async () => {
    const planned = await runToy({ a: toyNode([['chrony-ng', '1']]) }, ({ play, groups }: ToyContext) => {
      play('One', groups.all, ({ task }) => {
        task('tools', install, { key: 'chrony-ng', value: '1' });
        task('clock', configure, { tool: 'chrony' });
      });
    }, { mode: 'plan' });
    expect(told(planned.events)).toEqual(['a tools ok', 'a clock failed']);
  });

  it('goes on over plays and links of a chain, each host for itself', async () => {
    const book = playbook(toyFleet, ({ play, groups }) => {
      play('One', groups.all, ({ task, host }) => {
        if (host.name === 'a') task('tools', install, { key: 'chrony', value: '4' });
        else task('other tools', install, { key: 'curl', value: '8' });
      });
      play('Two', groups.all, ({ task }) => {
        task('clock', configure, { tool: 'chrony' });
        task('more', configure, { tool: 'chrony-configured' });
      });
    });
    const planned = await runToy({ a: toyNode(), b: toyNode() }, book, { mode: 'plan' });
    expect(told(planned.events).filter((line) => line.startsWith('a'))).toEqual(['a tools would-change', 'a clock would-change as it will be when "tools" is done', 'a more would-change as it will be when "clock" is done']);
    expect(told(planned.events).filter((line) => line.startsWith('b'))).toEqual([
      'b other tools would-change',
      'b clock unknown not known before "other tools" is done: there is no chrony',
      'b more unknown not known before "other tools" is done: there is no chrony-configured',
    ]);
  });

  it('in apply is of no account: what was not brought is refused', async () => {
    const node = toyNode();
    const lying = ({ play, groups }: ToyContext): void => {
      play('One', groups.all, ({ task }) => {
        task('tools', defineModule({ ...setCell, name: 'liar', brings: () => ['package chrony'] }), { key: 'other', value: '4' });
        task('clock', configure, { tool: 'chrony' });
      });
    };
    expect(told((await runToy({ a: toyNode() }, lying, { mode: 'plan' })).events)[1]).toContain('would-change');
    const applied = await runToy({ a: node }, lying);
    expect(told(applied.events)).toEqual(['a tools changed', 'a clock failed']);
    expect(node.cells.has('chrony.conf')).toBe(false);
  });
});
