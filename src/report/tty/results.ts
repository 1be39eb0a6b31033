import { showLocated } from '../../contract/located.ts';
import type { ReportOptions } from '../options.ts';
import type { Story, TaskResult } from '../story.ts';
import { printable } from '../text/printable.ts';
import { resultLines, statusWidth } from '../text/result.ts';

/** Outcomes in the playbook's order; what went alike on several hosts is told once, with their names. */
export function resultsByTask(story: Story, options: ReportOptions): string[] {
  const groups = new Map<string, { readonly first: TaskResult; readonly hosts: string[]; readonly lines: readonly string[] }>();
  for (const result of story.results) {
    const lines = resultLines({ ...result, ms: 0 }, options);
    if (lines.length === 0) continue;
    const key = JSON.stringify([result.play, showLocated(result.at), lines]);
    const group = groups.get(key);
    if (group) group.hosts.push(result.host);
    else groups.set(key, { first: result, hosts: [result.host], lines: resultLines(result, options) });
  }
  const order = story.start?.plays.map(({ name }) => name) ?? [];
  const plays = new Map<string, string[]>(order.map((name) => [name, []]));
  for (const { first, hosts, lines } of groups.values()) {
    const told = plays.get(first.play) ?? [];
    told.push(...lines.map((text, i) => (i === 0 ? `  ${text}  ${options.style.dim(`on ${hosts.join(', ')}`)}` : `  ${text}`)));
    plays.set(first.play, told);
  }
  for (const { play, handler, status } of story.handlers) {
    const told = plays.get(play) ?? [];
    const line = `  ${options.style.yellow((status === 'would-run' ? 'would run' : status).padEnd(statusWidth))}  handler ${printable(handler)}`;
    const hosts = story.handlers.filter((other) => other.play === play && other.handler === handler && other.status === status).map(({ host }) => host);
    const whole = `${line}  ${options.style.dim(`on ${hosts.join(', ')}`)}`;
    if (!told.includes(whole)) told.push(whole);
    plays.set(play, told);
  }
  return [...plays].filter(([, told]) => told.length > 0).flatMap(([play, told]) => ['', options.style.bold(printable(play)), ...told]);
}
