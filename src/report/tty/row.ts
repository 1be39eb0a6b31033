import type { RunEvent } from '../event.ts';
import { lastLine, printable } from '../text/printable.ts';
import type { Style } from '../text/style.ts';

/** What a host's live row shows. */
export interface Row {
  readonly host: string;
  doing: string;
  play: string;
  done: number;
  /** Tasks of the play on this host, once known. */
  of: number | undefined;
  changed: number;
  failed: boolean;
  output: string | undefined;
}

export type Rows = Map<string, Row>;
export const createRows = (): Rows => new Map();

export function updateRow(rows: Rows, event: RunEvent): void {
  if (event.type === 'runStart') for (const host of event.hosts) rows.set(host, { host, doing: 'waits', play: '', done: 0, of: undefined, changed: 0, failed: false, output: undefined });
  if (event.type === 'playStart') {
    for (const host of event.hosts) set(rows, host, { play: event.play, doing: 'reads', done: 0, of: undefined });
    return;
  }
  // Said to all: the run is being stopped.
  if (event.type === 'warning' && event.host === undefined) for (const row of rows.values()) if (!row.failed) row.output = lastLine(event.message);
  if (event.type === 'runEnd') for (const row of rows.values()) if (!row.failed) Object.assign(row, { doing: 'done', output: undefined } satisfies Partial<Row>);
  if (!('host' in event) || event.host === undefined) return;
  const row = rows.get(event.host);
  if (!row || row.failed) return;
  switch (event.type) {
    case 'hostConnecting':
      row.doing = 'connects';
      return;
    case 'hostConnected':
      row.doing = 'connected';
      return;
    case 'hostUnreachable':
      set(rows, event.host, { failed: true, doing: 'unreachable', output: undefined });
      return;
    case 'taskStart':
      set(rows, event.host, { play: event.play, doing: event.task, done: event.index, of: event.of, output: undefined });
      return;
    case 'taskOutput':
      row.output = lastLine(event.text) ?? row.output;
      return;
    case 'taskResult':
      row.done++;
      if (event.status === 'changed' || event.status === 'would-change') row.changed++;
      if (event.status === 'failed') set(rows, event.host, { failed: true, doing: `failed at ${event.task}`, output: undefined });
      return;
    default:
  }
}

const set = (rows: Rows, host: string, change: Partial<Row>): void => {
  const row = rows.get(host);
  if (row && !row.failed) Object.assign(row, change);
};

/** `node1  12/60  3 changed  install packages`. */
export function showRow(row: Row, width: number, style: Style): string {
  const parts = [
    style.bold(row.host.padEnd(width)),
    ...(row.of === undefined ? [] : [style.dim(`${Math.min(row.done, row.of)}/${row.of}`)]),
    ...(row.changed > 0 ? [style.yellow(`${row.changed} changed`)] : []),
    row.failed ? style.red(printable(row.doing)) : printable(row.doing),
  ];
  return parts.join('  ');
}
