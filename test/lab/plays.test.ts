import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOf } from './controller.ts';
import { labNodes } from './lab-nodes.ts';

const nodes = labNodes('plays');
const bootId = 'cat /proc/sys/kernel/random/boot_id';

describe('plays over several hosts', () => {
  it('serial, delegated, once, on demand, and over a restart', async () => {
    const before = await nodes.everywhere(bootId);
    const ran = await nodes.plinth('apply', nodes.playbook('plays.ts'), '-i', nodes.inventory, '-i', nodes.write('restart.yaml', 'hosts: { node3: { vars: { restart: true } } }\n'), '--output', 'jsonl');
    expect(endOf(ran)).toMatchObject({ ok: true, errors: [], failed: 0 });

    const notes = (await nodes.on('node1', 'cat /srv/notes')).split('\n');
    expect(notes.slice(0, 1)).toEqual(['turn node1']);
    expect(notes.slice(1, 3).toSorted()).toEqual(['turn node2', 'turn node3']);
    expect(notes.slice(3)).toEqual(['once', 'minted']);
    expect(await nodes.on('node2', 'cat /srv/notes 2>&1 || :')).toContain('No such file');

    const once = ran.events.flatMap((event) => (event.type === 'taskResult' && event.task === 'once' ? [event.status] : []));
    expect(once.toSorted()).toEqual(['changed', 'skipped', 'skipped']);
    expect(readFileSync(join(nodes.env['HOME'] ?? '', 'delegated'), 'utf8').trim().split('\n').toSorted()).toEqual(nodes.names);

    for (const node of ['node2', 'node3']) expect(await nodes.on(node, 'cat /srv/token')).toBe('token-of-node1');
    expect(ran.stdout).not.toContain('token-of-node1');

    const after = await nodes.everywhere(bootId);
    expect(after.map((id, i) => id === before[i])).toEqual([true, true, false]);
    expect(await nodes.on('node3', 'cat /srv/boot')).toBe(after[2]);
  });
});

describe('what is chosen on the command line', () => {
  const tagged = `import { defineFleet, playbook } from 'plinth';
import { file } from 'plinth/modules';
import { z } from 'zod';
export default playbook(defineFleet({ shared: z.strictObject({}), groups: { workers: z.strictObject({}) } }), ({ play, groups }) => {
  play('Tagged', groups.all, ({ task }) => {
    task('red', file, { path: '/srv/red', content: '' }, { tags: ['red'] });
    task('blue', file, { path: '/srv/blue', content: '' }, { tags: ['blue'] });
    task('always', file, { path: '/srv/always', content: '' }, { tags: ['always'] });
  });
});
`;
  it.each([
    [['--limit', 'workers,!node3', '--tags', 'red'], ['', 'always red', '']],
    [['--limit', 'node[13]', '--skip-tags', 'red'], ['always blue', '', 'always blue']],
  ])('%j', async (options, there) => {
    const ran = await nodes.plinth('apply', nodes.write('tagged.ts', tagged), '-i', nodes.inventory, ...options);
    expect(ran.code).toBe(0);
    expect(await nodes.everywhere('cd /srv; for f in always blue red; do [ ! -e $f ] || echo $f; done | tr "\\n" " "; rm -f always blue red')).toEqual(there);
  });
});
