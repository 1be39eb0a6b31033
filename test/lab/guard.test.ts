import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { change, defineModule, guarded, read, sh } from '../../src/contract/index.ts';
import { sshd } from '../../src/modules/host/sshd/index.ts';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { connectTo, oneTask } from './one-task.ts';

const which = { name: 'guard', dir: '' };
let host: LabHost;

beforeAll(async () => {
  which.dir = mkdtempSync(join(tmpdir(), 'plinth-guard-'));
  const lab = await up({ ...which, nodes: 1 });
  [host] = labInventory(lab).hosts as [LabHost];
});
afterAll(async () => {
  await down(which);
  rmSync(which.dir, { recursive: true, force: true });
});

async function onNode(script: string): Promise<string> {
  const node = await connectTo(host);
  const [reply] = await node.send([{ script: `set +u\n${script}` }]);
  await node.close();
  return `${reply?.stdout ?? ''}${reply?.stderr ?? ''}`.trim();
}

/** A firewall as somebody writes it who forgets ssh; `established` says whether connections that are there stay. */
const broken = defineModule({
  name: 'broken',
  summary: 'Rules that let nobody in.',
  args: z.strictObject({ established: z.boolean().describe('Open connections stay.') }),
  observe: () => ({ loaded: read.condition('nft list table inet broken') }),
  *plan({ established }, { loaded }) {
    const rules = `table inet broken { chain input { type filter hook input priority filter; policy drop; ${established ? 'ct state established accept' : ''}\n }\n }`;
    if (!loaded.holds) yield change('firewall', 'open', 'closed', guarded(sh`printf '%s\n' ${rules} | nft -f -`, { undo: sh`nft delete table inet broken`, within: 5000 }));
  },
});

describe('a firewall that lets nobody in', () => {
  it.each([
    ['and keeps open connections', true],
    ['and cuts open connections as well', false],
  ])('%s is taken back by the node', async (_, established) => {
    const result = await oneTask('apply', host, broken, { established });
    expect(result).toMatchObject({ status: 'failed', error: { summary: 'firewall: it kept new connections out, so the node took it back by itself after 5 s' } });
    expect(await onNode('nft list tables; ls /run/plinth; systemctl list-timers --all | grep plinth || :')).not.toMatch(/broken|guard/);
  });
});

describe('an sshd that nobody reaches', () => {
  it('is taken back by the node, and the file that made it so is gone', async () => {
    const before = await onNode('ls /etc/ssh/sshd_config.d; sshd -T | grep -i ^listen');
    const result = await oneTask('apply', host, sshd, { options: { ListenAddress: '127.0.0.2' }, within: 6000 });
    expect(result).toMatchObject({ status: 'failed', error: { summary: '/etc/ssh/sshd_config.d/10-plinth.conf: it kept new connections out, so the node took it back by itself after 6 s' } });
    expect(await onNode('ls /etc/ssh/sshd_config.d; sshd -T | grep -i ^listen')).toBe(before);
  });

  it('does not come to that where sshd itself refuses the configuration', async () => {
    const result = await oneTask('apply', host, sshd, { options: { Banner: '/etc/issue.net', NoSuchKeyword: 'yes' } });
    expect(result).toMatchObject({ status: 'failed', error: { detail: expect.stringMatching(/NoSuchKeyword[^]*sshd does not accept this configuration/i) } });
    expect(await onNode('ls /etc/ssh/sshd_config.d /run/plinth')).not.toMatch(/10-plinth|guard/);
  });
});
