import type { Reporter, RunEvent } from '../event.ts';
import { type Html, html } from '../html/markup/html.ts';
import { type Failure, type HostStory, type Story, createStory, tell } from '../story.ts';
import { likelyCause } from '../text/cause.ts';
import { changeLine } from '../text/change.ts';
import { count } from '../text/count.ts';
import { duration } from '../text/duration.ts';
import { createStyle } from '../text/style.ts';

/** Changes that are told; a summary may have a mebibyte, and nobody reads that much. */
const most = 200;

/**
 * Markdown for the summary page of a CI job (GITHUB_STEP_SUMMARY), written when the run ends. What comes from outside stands in HTML
 * blocks, where it is escaped and Markdown has no say.
 */
export function summaryReporter(write: (text: string) => void): Reporter {
  const story = createStory();
  return {
    on(event: RunEvent) {
      tell(story, event);
      if (event.type === 'runEnd') write(summary(story));
    },
  };
}

/** The blank line ends an HTML block, so there is none within one. */
const block = ({ html: text }: Html): string => `${text.replaceAll(/\n\s*\n/g, '\n')}\n\n`;

function summary(story: Story): string {
  const { start, end } = story;
  const planned = start?.mode === 'plan';
  const verdict = end?.ok ? (planned ? (end.pending + end.unknown > 0 ? 'changes are pending' : 'nothing to change') : 'converged') : end?.errors.some(({ cause }) => cause === 'aborted') ? 'interrupted' : 'failed';
  return [
    `### ${end?.ok ? '✅' : '❌'} plinth ${planned ? 'plan' : 'apply'}: ${verdict}\n\n`,
    block(html`<p><code>${start?.playbook ?? ''}</code> on ${count(end?.hosts ?? 0, 'host')} of <code>${start?.inventory ?? ''}</code>, ${duration(end?.ms ?? 0)}, Plinth ${start?.version ?? ''}, run <code>${start?.run ?? ''}</code></p>`),
    ...(story.hosts.size > 0 ? [block(hosts([...story.hosts.values()], planned, end?.trips ?? {}))] : []),
    ...story.failures.map((failure) => block(problem(failure))),
    ...(story.warnings.length > 0 ? [block(html`<ul>${story.warnings.map(({ host, message }) => html`<li>&#9888;&#65039; ${host !== undefined && html`<b>${host}</b> `}${message}</li>`)}</ul>`)] : []),
    ...changes(story, planned),
  ].join('');
}

const hosts = (all: readonly HostStory[], planned: boolean, trips: Readonly<Record<string, number>>): Html => html`<table><tr><th>Host</th><th>Result</th><th>${planned ? 'To change' : 'Changed'}</th><th>As wanted</th><th>Skipped</th><th>Failed</th><th>Round trips</th></tr>
${all.map(({ host, counts, unreachable, failedAt, at }) => html`<tr><td>${host}</td><td>${unreachable ? '❌ unreachable' : failedAt !== undefined ? `❌ ${failedAt}` : at !== undefined ? `⏹️ stopped at ${at}` : '✅'}</td><td align="right">${planned ? counts['would-change'] : counts.changed}</td><td align="right">${counts.ok}</td><td align="right">${counts.skipped}</td><td align="right">${counts.failed}</td><td align="right">${trips[host] ?? 0}</td></tr>
`)}</table>`;

function problem({ error, lines }: Failure): Html {
  const guess = likelyCause(error, lines);
  const evidence = [...lines.filter((line) => !error.detail?.includes(line.trim())), ...(error.detail === undefined ? [] : [error.detail.trimEnd()])].filter((line) => line.trim() !== '');
  const way = error.hint ?? guess?.next;
  return html`<h4>${[error.host, error.play, error.task].filter((part) => part !== undefined).join(' › ') || 'The run'}</h4><p>${error.summary}</p>${evidence.length > 0 && html`<pre>${evidence.join('\n').replaceAll(/\n\s*\n/g, '\n')}</pre>`}${way !== undefined && html`<p>&rarr; ${guess && `${guess.cause}: `}${way}</p>`}`;
}

function changes({ results }: Story, planned: boolean): string[] {
  const style = createStyle(false);
  const told = results.filter(({ status }) => status !== 'failed').flatMap(({ host, task, changes: all }) => all.map((change) => ({ host, task, line: changeLine(change, style) })));
  if (told.length === 0) return [];
  return [block(html`<details><summary>${count(told.length, 'change')}${planned && ' to make'}</summary><table><tr><th>Host</th><th>Task</th><th>Change</th></tr>
${told.slice(0, most).map(({ host, task, line }) => html`<tr><td>${host}</td><td>${task}</td><td><code>${line}</code></td></tr>
`)}</table>${told.length > most && html`<p>and ${told.length - most} more</p>`}</details>`)];
}
