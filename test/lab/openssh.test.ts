import { describe, expect, it } from 'vitest';
import { endOf, type Ran } from './controller.ts';
import { labNodes } from './lab-nodes.ts';
import { tracesAfter } from './traces.ts';

const nodes = labNodes('openssh');
const kill = (transport: string): Promise<Ran> => nodes.plinth('apply', nodes.playbook('kill.ts'), '-i', nodes.inventory, '-i', nodes.write('round.yaml', 'vars: { round: 1 }\n'), '--transport', transport, '--output', 'jsonl');

/** All that is told of a host but times and the transport's own name; output may come in other pieces. */
const toldOf = ({ events }: Ran, name: string): unknown[] =>
  events.flatMap((event) => {
    if (!('host' in event) || event.host !== name || event.type === 'taskOutput' || event.type === 'warning') return [];
    return [JSON.parse(JSON.stringify(event, (key, value) => (key === 'ms' || key === 'transport' ? undefined : value)))];
  });

describe('the OpenSSH of the system', () => {
  it('does what the built-in client does, told in the same words', async () => {
    await nodes.everywhere('cp /bin/sleep /run/plinth-slow');
    const own = await kill('ssh');
    expect(endOf(own)).toMatchObject({ ok: true, changed: 27 });
    const files = 'cd /srv/kill; sha256sum *; stat -c "%n %a %U" *';
    const made = await nodes.everywhere(files);
    await nodes.everywhere('rm -rf /srv/kill');

    const theirs = await kill('openssh');
    expect(endOf(theirs)).toMatchObject({ ok: true, changed: 27, errors: [] });
    for (const name of nodes.names) expect(toldOf(theirs, name)).toEqual(toldOf(own, name));
    expect(theirs.events.flatMap((event) => (event.type === 'hostConnected' ? [event.transport.split(/\W/)[0]] : []))).toEqual(['openssh', 'openssh', 'openssh']);
    expect(await nodes.everywhere(files)).toEqual(made);
    expect(await tracesAfter(nodes, 20)).toEqual([]);

    const again = await kill('openssh');
    expect(endOf(again)).toMatchObject({ ok: true, changed: 0, trips: endOf(await kill('ssh')).trips });
  });
});
