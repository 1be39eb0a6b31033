import { type Diagnostic } from '../../contract/diagnostic.ts';
import { showLocated } from '../../contract/located.ts';
import type { Failure, HostStory, Story } from '../story.ts';
import { likelyCause } from './cause.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** How a run ended: each host on a line, every failure with its way out, the totals, and what to do next. */
export function recap(story: Story, style: Style): string[] {
  const { end, start } = story;
  if (!end) return [];
  const width = Math.max(0, ...[...story.hosts.keys()].map((host) => host.length));
  return [
    ...(story.hosts.size > 0 ? ['', ...[...story.hosts.values()].map((host) => `${style.bold(host.host.padEnd(width))}  ${hostLine(host, style)}`)] : []),
    ...story.failures.flatMap((failure) => ['', ...failureLines(failure, style)]),
    '',
    totals(story, style),
    ...next(story, start?.mode ?? 'apply').map((line) => `${style.bold('next:')} ${line}`),
  ];
}

function hostLine(host: HostStory, style: Style): string {
  if (host.unreachable) return style.red('unreachable');
  const { counts } = host;
  const parts = [
    ...(host.failedAt === undefined ? [] : [style.red(`failed at ${printable(host.failedAt)}`)]),
    ...(host.at === undefined ? [] : [style.red(`stopped at ${printable(host.at)}`)]),
    ...(counts.changed > 0 ? [style.yellow(`${counts.changed} changed`)] : []),
    ...(counts['would-change'] > 0 ? [style.yellow(`${counts['would-change']} to change`)] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} unknown yet`] : []),
    ...(counts.ok > 0 ? [style.green(`${counts.ok} ok`)] : []),
    ...(counts.skipped > 0 ? [style.dim(`${counts.skipped} skipped`)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : style.dim('nothing to do');
}

/** What failed, where, the evidence, the likely cause and the way out. */
export function failureLines({ error, lines }: Failure, style: Style): string[] {
  const guess = likelyCause(error, lines);
  const where = (error.at ?? []).map(showLocated).join(' ');
  const head = [error.host, error.play, error.task].filter((part) => part !== undefined).map(printable).join(' › ');
  const evidence = evidenceOf(error, lines);
  return [
    `${style.red('✗')} ${style.bold(head === '' ? printable(error.summary) : head)}${where === '' ? '' : `  ${style.dim(where)}`}`,
    ...(head === '' ? [] : printable(error.summary).split('\n').map((line) => `  ${line}`)),
    ...evidence.map((line) => `  ${style.dim('│')} ${line}`),
    ...(guess ? [`  likely cause: ${guess.cause}`] : []),
    ...[error.hint, ...(error.hint === undefined && guess ? [guess.next] : [])].filter((hint) => hint !== undefined).flatMap((hint) => hint.split('\n').map((line, i) => `  ${i === 0 ? style.cyan('→') : ' '} ${printable(line)}`)),
  ];
}

/** What the node printed, then the error's own evidence; nothing twice. */
function evidenceOf(error: Diagnostic, lines: readonly string[]): string[] {
  const detail = error.detail === undefined ? [] : printable(error.detail).trimEnd().split('\n');
  const missing = lines.filter((line) => !detail.some((known) => known.includes(line.trim())));
  return [...missing, ...detail];
}

function totals(story: Story, style: Style): string {
  const end = story.end;
  if (!end) return '';
  const planned = story.start?.mode === 'plan';
  const parts = [
    planned ? `${end.pending} to change` : `${end.changed} changed`,
    ...(end.unknown > 0 ? [`${end.unknown} unknown yet`] : []),
    `${end.unchanged} unchanged`,
    ...(end.failed > 0 ? [style.red(`${end.failed} failed`)] : []),
    ...(end.unreachable > 0 ? [style.red(`${end.unreachable} unreachable`)] : []),
    ...(end.skipped > 0 ? [`${end.skipped} skipped`] : []),
  ];
  const verdict = end.ok ? style.green(planned ? 'planned' : 'converged') : style.red('failed');
  return `${verdict}: ${parts.join(', ')} on ${count(end.hosts, 'host')} in ${duration(end.ms)}`;
}

function next(story: Story, mode: 'plan' | 'apply'): string[] {
  const end = story.end;
  if (!end) return [];
  if (mode === 'apply' && end.errors.some(({ cause }) => cause === 'aborted')) return [`\`${command(story, 'apply')} --resume\` goes on from here; what is done and verified stays done`];
  if (!end.ok) return [mode === 'plan' ? 'mend what is told above and plan again; nothing was changed' : 'mend what is told above and apply again; what is done and verified stays done'];
  if (mode === 'plan' && end.pending + end.unknown > 0) return [`\`${command(story, 'apply')}\` makes it so`];
  return [];
}

/** What to type, as far as the events tell it. */
const command = ({ start }: Story, verb: string): string => ['plinth', verb, ...(start ? [start.playbook, ...start.inventory.split(', ').flatMap((path) => ['-i', path])] : [])].join(' ');
