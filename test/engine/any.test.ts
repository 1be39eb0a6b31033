import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineModule, late, refuse, sh } from '../../src/contract/index.ts';
import { first, rest } from '../../src/dsl/fleet.ts';
import { runToy, type ToyContext } from './run-toy.ts';
import { readCell, toyNode } from './toy-node.ts';

/** Mints where the cell `cluster` says that there is one, and refuses elsewhere. */
const mint = defineModule({
  name: 'mint',
  summary: 'Mints a token.',
  args: z.strictObject({}),
  observe: () => ({ cluster: readCell('cluster'), found: readCell('token') }),
  *plan(_args, { cluster, found }) {
    if (cluster === undefined) return yield refuse('there is no cluster here', 'nothing answers', { hint: 'Initialise one.' });
    if (found === undefined) yield change('token', undefined, 'a token', sh.raw(`set ${JSON.stringify({ cells: { token: `token-of-${cluster}` }, fails: cluster === 'broken' })}`));
  },
  output: (_args, { found }) => ({ token: found ?? '' }),
});
const join = defineModule({
  name: 'join',
  summary: 'Joins with a token.',
  args: z.strictObject({ token: late(z.string()) }),
  observe: () => ({ found: readCell('joined') }),
  *plan({ token }, { found }) {
    if (found === undefined) yield change('node', undefined, 'joined', sh`${sh.raw('set {"cells":{"joined":"yes"}}')} ${token}`);
  },
});

const member = (name: string) => toyNode([['cluster', name], ['joined', 'yes']]);
const body = ({ play, groups }: ToyContext): void => {
  const minted = play('Credentials', groups.all, ({ onDemand }) => onDemand('mint', mint, {}).output);
  play('Join', groups.all, ({ task, host }) => void task('join', join, { token: minted.any({ except: host.name }).get('token') }));
};

describe('any of several hosts', () => {
  it('is the first of them that can give it', async () => {
    const nodes = { n1: toyNode(), n2: member('b'), n3: member('c') };
    const { end } = await runToy(nodes, body);
    expect(end).toMatchObject({ ok: true, failed: 0, changed: 2 });
    expect(nodes.n1.log.join()).toContain('token-of-b');
    expect(nodes.n3.effects).toBe(0);
  });

  it('passes over hosts that are not reached, that refuse and that fail, and none of these counts as failed for it', async () => {
    const nodes = { n1: toyNode(), n2: toyNode([['joined', 'yes']]), n3: member('broken'), n4: member('d'), n5: member('e') };
    const { end, statuses } = await runToy(nodes, body, { dead: ['n4'] });
    expect(end).toMatchObject({ failed: 0, unreachable: 1 });
    expect(nodes.n1.log.join()).toContain('token-of-e');
    expect(statuses('n2').toSorted()).toEqual(['failed', 'ok']);
  });

  it('fails only who needs it when nobody can, and says why each could not', async () => {
    const nodes = { n1: toyNode(), n2: toyNode([['joined', 'yes']]), n3: member('broken'), n4: toyNode() };
    const { end } = await runToy(nodes, body, { dead: ['n4'] });
    expect(end).toMatchObject({ failed: 1, unreachable: 1 });
    const error = end.errors.find(({ host }) => host === 'n1');
    expect(error?.summary).toBe('"Credentials" is needed, but nobody who was asked could give it');
    expect(error?.detail).toBe(
      ['n2: "mint" gave no output: it failed on n2', '  there is no cluster here', '  nothing answers', 'n3: "mint" gave no output: it failed on n3', '  token: failed with exit code 1', '  told to fail', 'n4: "mint" is needed, but n4 failed or cannot be reached'].join('\n'),
    );
    expect(error?.hint).toBe('Initialise one.');
  });

  it('may be the host that asks: it does not wait for itself', async () => {
    const nodes = { n1: toyNode([['cluster', 'a']]) };
    const { end } = await runToy(nodes, ({ play, groups }) => {
      const minted = play('Credentials', groups.all, ({ onDemand }) => onDemand('mint', mint, {}).output);
      play('Join', groups.all, ({ task }) => void task('join', join, { token: minted.any().get('token') }));
    });
    expect(end).toMatchObject({ ok: true });
    expect(nodes.n1.log.join()).toContain('token-of-a');
  });

  it('has nobody to ask where the group is the host itself', async () => {
    const { end } = await runToy({ n1: toyNode() }, body);
    expect(end.errors.map(({ summary }) => summary)).toEqual(['"Credentials" is needed, but there is nobody to ask']);
  });

  it('is not asked for in a plan, nor where nothing differs', async () => {
    const nodes = { n1: toyNode(), n2: member('b') };
    const { end } = await runToy(nodes, body, { mode: 'plan' });
    expect(end).toMatchObject({ ok: true, pending: 1 });
    nodes.n1.cells.set('joined', 'yes');
    await runToy(nodes, body);
    expect(nodes.n2.effects).toBe(0);
  });

  it('takes outputs of ordinary tasks as well', async () => {
    const nodes = { n1: toyNode(), n2: member('b'), n3: toyNode() };
    const { end } = await runToy(nodes, ({ play, groups }) => {
      const minted = play('Mint', rest(groups.all), ({ task }) => task('mint', mint, {}, { ignoreErrors: true }).output);
      play('Join', first(groups.all), ({ task }) => void task('join', join, { token: minted.any().get('token') }));
    });
    expect(end).toMatchObject({ ok: true });
    expect(nodes.n1.log.join()).toContain('token-of-b');
  });
});
