import { describe, expect, it } from 'vitest';
import { approvedOnly } from '../../src/cli/run/approved.ts';
import type { SavedPlan } from '../../src/cli/run/saved-plan.ts';

const told = { what: '/etc/motd', from: 'old', to: 'new', run: 'put /etc/motd (0644 root:root)' };
const kept: SavedPlan = {
  plinthPlan: 1,
  version: '0',
  createdAt: '',
  playbook: { path: 'site.ts', digest: '' },
  inventory: { paths: [], digest: '' },
  tags: [],
  skipTags: [],
  hosts: { n1: [{ play: 'P', task: 'motd', status: 'would-change', changes: [told], digest: '' }] },
};
const task = { play: 'P', host: 'n1', task: 'motd', module: 'file', at: { file: 'site.ts', line: 1, col: 1 } };

describe('a saved plan, while it is applied', () => {
  it('lets a task do what was planned, also when it finds something else than then', async () => {
    expect(await approvedOnly(kept)(task, [told])).toBe('yes');
    expect(await approvedOnly(kept)(task, [{ ...told, from: 'older' }])).toBe('yes');
  });
  it.each([
    ['another value', task, { ...told, to: 'newer' }],
    ['another effect', task, { ...told, run: 'rm /etc/motd' }],
    ['another thing', task, { ...told, what: '/etc/issue' }],
    ['another host', { ...task, host: 'n2' }, told],
    ['another task', { ...task, task: 'issue' }, told],
  ])('refuses %s', async (_what, who, change) => {
    await expect(approvedOnly(kept)(who, [change])).rejects.toMatchObject({ diagnostics: [{ cause: 'drift', summary: 'it would now do what the saved plan did not say' }] });
  });
});
