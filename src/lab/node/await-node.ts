import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labError } from '../fail.ts';
import { type Lab, type LabNode, nodeDir } from '../lab.ts';
import { lastLines, run } from '../run.ts';
import { initPid, nodeState } from './start-node.ts';

/** Waits until the node lets its user log in over ssh. Throws `lab` with what its boot said when it does not come. */
export async function awaitNode(lab: Lab, node: LabNode, timeout = 90_000): Promise<void> {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    if (await answers(lab, node)) return;
    const state = await nodeState(lab, node);
    if (state && state !== 'running') throw await bootError(lab, node, `ended while booting (${state})`);
    await sleep(20);
  }
  throw await bootError(lab, node, `does not answer ssh after ${timeout / 1000} s`);
}

/** Whether the node would let its user log in now. */
export async function answers(lab: Lab, node: LabNode): Promise<boolean> {
  const pid = await initPid(lab, node);
  // Before this file is gone PAM turns away every user but root; it stands there from early in the boot.
  if (pid === undefined || !existsSync(`/proc/${pid}/root/run/sshd`) || existsSync(`/proc/${pid}/root/run/nologin`)) return false;
  return hasBanner(node);
}

const hasBanner = ({ address, port }: LabNode): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, address);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => done(false));
    socket.on('data', (data) => done(data.toString('latin1').startsWith('SSH-')));
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
  });

async function bootError(lab: Lab, node: LabNode, how: string): Promise<Error> {
  const dir = nodeDir(lab, node.name);
  const log = await readFile(join(dir, 'console.log'), 'utf8').catch(() => '');
  const boot = await readFile(join(dir, 'boot.log'), 'utf8').catch(() => '');
  const pid = await initPid(lab, node);
  const failed = pid === undefined ? '' : (await run(['nsenter', '-t', String(pid), '-a', 'systemctl', '--no-pager', '--plain', 'list-units', '--failed', '--no-legend'])).stdout;
  const detail = [...(failed ? [`failed units:\n${failed.trim()}`] : []), ...(boot ? [lastLines(boot, 5)] : []), ...(log ? [lastLines(log, 15)] : [])].join('\n');
  return labError(`${node.name} ${how}`, { detail, hint: `Its whole console is in ${join(dir, 'console.log')}.` });
}
