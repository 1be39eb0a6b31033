import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, labInventory, type LabHost, up } from '../../src/lab/index.ts';
import { modules } from '../../src/modules/catalog.ts';
import type { EventOf } from '../../src/report/event.ts';
import { readLabCases } from '../../src/testing/index.ts';
import { connectTo, oneTask } from './one-task.ts';

const folderOf = (folder: string): string => fileURLToPath(new URL(`../../src/modules/${folder}`, import.meta.url));

/** One node for all modules, each of which keeps to names of its own. */
const which = { name: 'modules', dir: '' };
let host: LabHost;

beforeAll(async () => {
  which.dir = mkdtempSync(join(tmpdir(), 'plinth-modules-'));
  const lab = await up({ ...which, nodes: 1 });
  [host] = labInventory(lab).hosts as [LabHost];
});
afterAll(async () => {
  await down(which);
  rmSync(which.dir, { recursive: true, force: true });
});

/** Runs a shell text on the node, apart from the engine and on a connection of its own: the node may have been restarted. */
async function byHand(what: string, script: string): Promise<string> {
  const node = await connectTo(host);
  const [reply] = await node.send([{ script: `set +u\n${script}` }]);
  await node.close();
  if (reply?.code !== 0) throw new Error(`${what} ended with ${String(reply?.code)}:\n${script}\n${reply?.stdout ?? ''}${reply?.stderr ?? ''}`);
  return reply.stdout;
}

/** Files whose content, owner or permissions were touched after the mark was set; what the system itself writes all the time is left out. */
const markScript = 'sync; touch /run/plinth-mark; sleep 0.05';
const touchedScript = `find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /dev -o -path /var/log -o -path /var/tmp -o -path /var/lib/systemd -o -path /var/cache/ldconfig \\) -prune -o -cnewer /run/plinth-mark ! -type d -print | sort`;

/** Apply only waits here; that is no change. */
const isWait = ({ note }: EventOf<'taskResult'>): boolean => note?.includes('apply waits') ?? false;

/** Modules that can be tried by themselves, with what is tried. */
const trials = modules.flatMap(({ folder, of }) => {
  const cases = readLabCases(folderOf(folder)).filter(({ elsewhere }) => elsewhere === undefined);
  return cases.length > 0 ? [[folder, of, cases] as const] : [];
});

describe.each(trials)('%s on a real node', (_folder, module, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { setup, args, expect: check, converged, breakage }) => {
    await byHand('setup', setup);

    await byHand('mark', markScript);
    const planned = await oneTask('plan', host, module, args);
    expect(await byHand('what a plan touched', touchedScript), 'a plan changes nothing').toBe('');
    expect(planned.error, 'a plan does not fail').toBeUndefined();
    expect(planned.status, 'a plan sees what differs').toBe(converged ? 'ok' : isWait(planned) ? 'unknown' : 'would-change');

    const applied = await oneTask('apply', host, module, args);
    expect(applied.error, 'apply does not fail').toBeUndefined();
    expect(applied.changes, 'apply does what the plan said').toEqual(isWait(planned) ? [] : planned.changes);
    await byHand('expect', check);

    expect(await oneTask('plan', host, module, args), 'a second plan is empty').toMatchObject({ status: 'ok', changes: [] });

    if (breakage === undefined) return;
    await byHand('breakage', breakage);
    const mended = await oneTask('apply', host, module, args);
    expect(mended.error, 'what was broken is mended').toBeUndefined();
    expect(mended.changes.length, 'what was broken is seen').toBeGreaterThan(0);
    await byHand('expect', check);
    expect(await oneTask('plan', host, module, args), 'a plan after mending is empty').toMatchObject({ status: 'ok', changes: [] });

    for (let effects = 0; effects < mended.changes.length; effects++) {
      await byHand('breakage', breakage);
      await oneTask('apply', host, module, args, { effects });
      const resumed = await oneTask('apply', host, module, args);
      expect(resumed.error, `after an interruption before effect ${effects}, a run converges`).toBeUndefined();
      await byHand('expect', check);
    }
  });
});
