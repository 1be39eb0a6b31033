import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '../topology.ts';
import { inside, type Inside } from './inside.ts';
import { onNode } from './vagrant.ts';

const asked = 'systemctl --no-pager --failed; echo; ip -brief address; echo; free -m; df -h /; echo; journalctl --no-pager -b -n 400';

/** Keeps what may tell why it failed: journals of the nodes that still answer, and all logs, serial consoles among them. */
export async function diagnose({ here, sshConfig, machines, to, state }: { here: Inside; sshConfig: string | undefined; machines: readonly Machine[]; to: string; state: string }): Promise<void> {
  await Promise.all(
    machines.map(async ({ name }) => {
      const { stdout, stderr } = sshConfig === undefined ? { stdout: '', stderr: 'it was never reached' } : await onNode(here, sshConfig, name, asked, 60_000);
      await writeFile(join(here.logs, `${name}.journal.log`), `${stdout}\n${stderr}`);
    }),
  );
  await inside(here, 'processes', ['ps', 'axfww'], { wait: 10_000 });
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(here.logs, to, { recursive: true });
  await cp(join(state, 'work', '.plinth', 'runs'), join(to, 'runs'), { recursive: true }).catch(() => {});
}
