import type { Stamped } from '../../../src/report/html/index.ts';
import type { RunEvent, Status, TaskRef } from '../../../src/report/event.ts';

const started = '2026-11-20T18:50:15.000Z';

/** A run of many tasks on several hosts, as a journal tells it: a prepare play, a rolling one, retries, a failure, handlers. */
export function longRun({ hosts = 3, tasks = 200, fails = true }: { readonly hosts?: number; readonly tasks?: number; readonly fails?: boolean } = {}): Stamped[] {
  const names = Array.from({ length: hosts }, (_, i) => `node${i + 1}`);
  const plays = ['Prepare the nodes', 'Container runtime', 'Control plane'];
  const events: Stamped[] = [];
  const counts = new Map(names.map((name) => [name, tally()]));
  const clocks = new Map(names.map((name) => [name, 0]));
  const trips: Record<string, number> = {};
  const at = (t: number, event: RunEvent): void => void events.push({ ...event, t: Math.round(t) });
  at(0, { type: 'runStart', run: '20261120-185015-3f9a', mode: 'apply', playbook: 'playbooks/cluster.ts', inventory: 'inventory/lab.yaml', plays: plays.map((name) => ({ name, hosts: names })), hosts: names, version: '0.1.0', startedAt: started });
  names.forEach((host, i) => {
    at(1, { type: 'hostConnecting', host });
    at(60 + i * 9, { type: 'hostConnected', host, transport: 'ssh', ms: 58 + i * 9 });
    clocks.set(host, 70 + i * 9);
  });
  plays.forEach((play, p) => {
    const begun = Math.max(...clocks.values());
    at(begun, { type: 'playStart', play, hosts: names });
    for (const [i, host] of names.entries()) {
      let t = begun + 14 + i;
      at(t, { type: 'batch', play, host, readings: Math.round(tasks * 1.7), effects: 0, ms: 14 });
      trips[host] = (trips[host] ?? 0) + 1;
      for (let n = 0; n < Math.ceil(tasks / plays.length); n++) {
        const ref: TaskRef = { play, host, task: taskName(p, n), module: modules[(n + p) % modules.length] ?? 'file', at: { file: 'playbooks/cluster.ts', line: 20 + p * 90 + n, col: 5 } };
        const broken = fails && p === 2 && i === 1 && n === 9;
        const differs = broken || (n * 7 + p * 3 + (n % 5 === 0 ? i : 0)) % 6 === 0;
        const status: Status = broken ? 'failed' : differs ? 'changed' : n % 41 === 40 ? 'skipped' : 'ok';
        const ms = differs ? 25 + ((n * 373 + i * 91 + p * 511) % 900) * (n % 9 === 0 ? 4 : 1) : 0;
        if (differs) {
          at(t, { type: 'taskStart', ...ref, index: n, of: tasks });
          if (n % 3 === 0) at(t + ms / 2, { type: 'taskOutput', ...ref, stream: 'stdout', text: 'Reading package lists...\nBuilding dependency tree...\nSetting up containerd (1.7.2) ...\n' });
          if (broken) at(t + ms / 2, { type: 'taskOutput', ...ref, stream: 'stderr', text: 'E: Unable to locate package kubeadmx\n' });
          t += ms;
          at(t, { type: 'batch', play, host, readings: 4, effects: 2, ms: Math.round(ms * 0.8) });
          trips[host] = (trips[host] ?? 0) + 1;
        }
        (counts.get(host) ?? tally())[status]++;
        at(t, { type: 'taskResult', ...ref, status, ms, attempts: n === 12 && differs ? 3 : 1, changes: differs ? [changeOf(n)] : [], ...(status === 'skipped' ? { note: 'by tags' } : {}), ...(broken ? { error: { cause: 'apply' as const, summary: 'package kubeadmx: failed with exit code 100', detail: 'E: Unable to locate package kubeadmx', at: [ref.at], host, play, task: ref.task } } : {}) });
        if (broken) break;
      }
      clocks.set(host, t);
      if (p === 1) at(t + 40, { type: 'handlerResult', play, host, handler: 'restart containerd', at: { file: 'playbooks/cluster.ts', line: 12, col: 3 }, status: 'ran', ms: 40 });
      at(t, { type: 'hostEnd', play, host, counts: counts.get(host) ?? tally(), trips: trips[host] ?? 0, ms: t - begun });
    }
    at(Math.max(...clocks.values()), { type: 'playEnd', play, ms: Math.max(...clocks.values()) - begun });
  });
  events.sort((a, b) => (a.t ?? 0) - (b.t ?? 0));
  events.push({ type: 'warning', host: 'node1', message: 'the clock is 2.1 s late', t: events.at(-1)?.t ?? 0 });
  const all = events.filter((event) => event.type === 'taskResult');
  const of = (status: Status): number => all.filter((event) => event.status === status).length;
  const errors = all.flatMap(({ error }) => (error ? [error] : []));
  const end = (events.at(-1)?.t ?? 0) + 3;
  events.push({ type: 'runEnd', ok: errors.length === 0, hosts, changed: of('changed'), unchanged: of('ok'), pending: 0, unknown: 0, failed: of('failed'), unreachable: 0, skipped: of('skipped'), trips, ms: end, errors, t: end });
  return events;
}

const tally = (): Record<Status, number> => ({ ok: 0, changed: 0, 'would-change': 0, unknown: 0, failed: 0, skipped: 0 });
const modules = ['sysctl', 'packages', 'file', 'service', 'template', 'kernelModules', 'line'];
const subjects = ['forwarding and limits', 'packages of the node', 'the kubelet drop-in', 'containerd is running', 'registry mirrors', 'modules for Cilium', 'swap is off', 'hosts file', 'time zone', 'kubeadm, kubelet and kubectl'];
const taskName = (play: number, n: number): string => `${subjects[(n + play) % subjects.length] ?? ''}${n >= subjects.length ? ` (${Math.floor(n / subjects.length) + 1})` : ''}`;

function changeOf(n: number) {
  if (n % 4 === 0) return { what: `net.ipv4.conf.all.option_${n}`, from: '0', to: '1', run: `sysctl -w net.ipv4.conf.all.option_${n}=1` };
  const lines = Array.from({ length: 40 }, (_, i) => `setting_${i} = ${i * n}`);
  const from = `${lines.join('\n')}\n`;
  const to = `${lines.map((line, i) => (i === 7 ? `${line} # tuned` : i === 20 ? '' : line)).filter((line) => line !== '').join('\n')}\nlast = ${n}\n`;
  return { what: `/etc/kubernetes/part-${n}.conf`, from: n % 5 === 0 ? null : from, to, run: `put /etc/kubernetes/part-${n}.conf (0644 root:root)` };
}
