import type { Diagnostic } from '../../src/contract/index.ts';
import type { RunEvent, TaskRef, ToldChange } from '../../src/report/event.ts';

const at = (line: number) => ({ file: 'playbooks/site.ts', line, col: 5 });
const ref = (host: string, task: string, line: number): TaskRef => ({ play: 'Prepare', host, task, module: 'any', at: at(line) });
const change = (what: string, from: string | null, to: string | null, run = `mend ${what}`): ToldChange => ({ what, from, to, run });

export const packageFailed: Diagnostic = {
  cause: 'apply',
  summary: 'package curl: exit code 100',
  detail: 'E: Unable to locate package curlx',
  at: [at(12)],
  host: 'node2',
  play: 'Prepare',
  task: 'install packages',
};
export const refused: Diagnostic = { cause: 'unreachable', summary: 'connection refused by 10.0.0.13 port 22', hint: 'Is sshd running there?', host: 'node3' };

const config = change('/etc/app.conf', 'one\ntwo\nthree\n', 'one\n2\nthree\nfour\n', 'put /etc/app.conf (0644 root:root)');

/** An apply on three hosts: one converges, one fails, one cannot be reached; a late value and a masked secret are told. */
export const failedRun: readonly RunEvent[] = [
  { type: 'runStart', run: 'r1', mode: 'apply', playbook: 'playbooks/site.ts', inventory: 'inventory/lab.yaml', plays: [{ name: 'Prepare', hosts: ['node1', 'node2', 'node3'] }], hosts: ['node1', 'node2', 'node3'], version: '0.1.0', startedAt: '2026-11-20T18:50:15.000Z' },
  { type: 'hostConnecting', host: 'node1' },
  { type: 'hostConnected', host: 'node1', transport: 'ssh', ms: 41 },
  { type: 'hostConnected', host: 'node2', transport: 'ssh', ms: 43 },
  { type: 'hostUnreachable', host: 'node3', error: refused },
  { type: 'playStart', play: 'Prepare', hosts: ['node1', 'node2'] },
  { type: 'batch', play: 'Prepare', host: 'node1', readings: 9, effects: 0, ms: 6 },
  { type: 'taskResult', ...ref('node1', 'hostname', 8), status: 'ok', changes: [], ms: 6, attempts: 1 },
  { type: 'taskStart', ...ref('node1', 'forwarding', 10), index: 1, of: 4 },
  { type: 'taskResult', ...ref('node1', 'forwarding', 10), status: 'changed', changes: [change('net.ipv4.ip_forward', '0', '1', 'sysctl -w net.ipv4.ip_forward=1'), config], ms: 12, attempts: 1 },
  { type: 'taskStart', ...ref('node2', 'install packages', 12), index: 2, of: 4 },
  { type: 'taskOutput', ...ref('node2', 'install packages', 12), stream: 'stdout', text: 'Reading package lists...\n\u001B[1mBuilding\u001B[0m dependency tree\n' },
  { type: 'taskOutput', ...ref('node2', 'install packages', 12), stream: 'stderr', text: 'E: Unable to locate package curlx\n' },
  { type: 'taskResult', ...ref('node2', 'install packages', 12), status: 'failed', changes: [change('package curlx', null, 'installed')], ms: 900, attempts: 2, error: packageFailed },
  { type: 'taskResult', ...ref('node1', 'join the cluster', 14), status: 'changed', changes: [change('cluster', null, 'joined', 'kubeadm join --token <mint.token> --pass ***')], ms: 4100, attempts: 1, id: '0.3', argsDigest: 'd1', event: true },
  { type: 'taskResult', ...ref('node1', 'tagged', 16), status: 'skipped', changes: [], ms: 0, attempts: 1, note: 'by tags' },
  { type: 'warning', host: 'node1', message: 'the clock is 2.1 s late' },
  { type: 'handlerResult', play: 'Prepare', host: 'node1', handler: 'restart app', at: at(9), status: 'ran', ms: 80 },
  { type: 'hostEnd', play: 'Prepare', host: 'node1', counts: { ok: 1, changed: 2, 'would-change': 0, unknown: 0, failed: 0, skipped: 1 }, trips: 4, ms: 4300 },
  { type: 'hostEnd', play: 'Prepare', host: 'node2', counts: { ok: 0, changed: 0, 'would-change': 0, unknown: 0, failed: 1, skipped: 0 }, trips: 2, ms: 950 },
  { type: 'playEnd', play: 'Prepare', ms: 4400 },
  { type: 'runEnd', ok: false, hosts: 3, changed: 2, unchanged: 1, pending: 0, unknown: 0, failed: 1, unreachable: 1, skipped: 1, trips: { node1: 4, node2: 2 }, ms: 4500, errors: [refused, packageFailed] },
];

/** A plan that would change one thing and cannot tell another. */
export const planned: readonly RunEvent[] = [
  { type: 'runStart', run: 'r2', mode: 'plan', playbook: 'playbooks/site.ts', inventory: 'inventory/lab.yaml', plays: [{ name: 'Prepare', hosts: ['node1'] }], hosts: ['node1'], version: '0.1.0', startedAt: '2026-11-20T18:50:15.000Z' },
  { type: 'hostConnected', host: 'node1', transport: 'ssh', ms: 41 },
  { type: 'playStart', play: 'Prepare', hosts: ['node1'] },
  { type: 'taskResult', ...ref('node1', 'forwarding', 10), status: 'would-change', changes: [change('net.ipv4.ip_forward', '0', '1'), config], ms: 3, attempts: 1 },
  { type: 'taskResult', ...ref('node1', 'crictl', 11), status: 'unknown', changes: [], ms: 3, attempts: 1, note: 'crictl is not there yet' },
  { type: 'taskResult', ...ref('node1', 'hosts', 12), status: 'ok', changes: [], ms: 3, attempts: 1, mayBeAffected: true },
  { type: 'runEnd', ok: true, hosts: 1, changed: 0, unchanged: 1, pending: 1, unknown: 1, failed: 0, unreachable: 0, skipped: 0, trips: { node1: 1 }, ms: 130, errors: [] },
];
