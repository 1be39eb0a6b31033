import type { ToldChange } from '../../event.ts';
import { count } from '../../text/count.ts';
import { duration } from '../../text/duration.ts';
import type { ShowDiff } from '../../text/diff.ts';
import { createStyle } from '../../text/style.ts';
import { type Html, html } from '../markup/html.ts';
import type { ChangeGroup, RunModel, TaskRow } from '../model/model.ts';
import { badge, chips, section, someHosts } from '../page/words.ts';

/** In characters: what diffs, outputs and commands may take of the page together; tasks that did not fit before no more are tried (to compare texts takes time); one diff's lines; a text that is compared at all. */
const room = { all: 300_000, tries: 6, lines: 400, text: 400_000 };
/** With this many diffs or fewer they are shown at once. */
const openUpTo = 6;
/** Changes that are told of a task when there is no room for more. */
const briefly = 3;

/** What changed, task by task; the same change on several hosts once. */
export function changes({ changes: groups, handlers, plays, about, start, hosts: lanes }: RunModel, showDiff: ShowDiff): Html {
  const planned = start?.mode === 'plan';
  const open = groups.flatMap((group) => group.changes).filter(({ from, to }) => isLong(from) || isLong(to)).length <= openUpTo;
  let left = room.all;
  let tries = room.tries;
  const told = groups.map((group) => {
    const whole = tries > 0 ? article(group, lanes.length, showDiff, open, about.id) : undefined;
    const fits = whole !== undefined && whole.html.length <= left;
    if (fits) left -= whole.html.length;
    else tries--;
    return { play: group.row.play, article: fits ? whole : brief(group, lanes.length, about.id) };
  });
  const hosts = new Set(groups.flatMap((group) => group.hosts));
  const note = groups.length === 0 ? 'nothing' : `${count(new Set(groups.map(({ row }) => row)).size, 'task')} on ${count(hosts.size, 'host')}`;
  return section('changes', planned ? 'What would change' : 'What changed', note, [
    groups.length === 0 ? html`<p class="empty">Every task found its host as wanted.</p>` : html`<p class="tools" hidden data-tools><button type="button" data-open="changes">Open all</button> <button type="button" data-close="changes">Close all</button></p>`,
    ...plays.flatMap(({ name }) => {
      const mine = told.filter(({ play }) => play === name);
      return mine.length === 0 ? [] : [html`<h3>${name}</h3>`, ...mine.map((one) => one.article)];
    }),
    ...(handlers.length === 0
      ? []
      : [html`<h3>Handlers</h3><ul class="warnings">${handlers.map(({ host, play, handler, status, ms }) => html`<li>${badge(status === 'failed' ? 'failed' : status === 'ran' ? 'changed' : 'would-change', status === 'would-run' ? 'would run' : status)} <b>${host}</b> ${play} &rsaquo; ${handler} <span class="dim">${duration(ms)}</span></li>`)}</ul>`]),
  ]);
}

function article(group: ChangeGroup, total: number, showDiff: ShowDiff, open: boolean, run: string): Html {
  const { row, hosts, changes: all } = group;
  const diffs = all.flatMap((change) => {
    const diff = diffOf(change, showDiff);
    return diff ? [lines(all.length > 1 ? change.what : '', diff, open, run)] : [];
  });
  return html`<article class="change">${head(group, total)}
${list(all)}
<div class="more">${diffs}<details><summary>How</summary><pre tabindex="0">${all.map((change) => short(change.run.trimEnd(), 2000)).join('\n')}</pre></details>${outputsOf(row, hosts).map(([said, by]) => html`<details><summary>Output on ${someHosts(by)}</summary><pre tabindex="0">${said}</pre></details>`)}</div></article>
`;
}

const head = ({ row, hosts, status, ms }: ChangeGroup, total: number): Html => html`<div class="line">${badge(status)} <h4>${row.task}</h4> <code>${row.module}</code> ${chips(hosts, total)}<span class="right"><a href="#${row.id}">${row.at}</a> <span class="num">${duration(ms)}</span></span></div>`;
const list = (all: readonly ToldChange[]): Html => html`<ul>${all.map((change) => html`<li><span class="what">${change.what}</span>${values(change)}</li>`)}</ul>`;

/** The page is full: what is left out can be had on the command line. */
const brief = (group: ChangeGroup, total: number, run: string): Html => html`<article class="change">${head(group, total)}
${list(group.changes.slice(0, briefly))}
<p class="dim">${group.changes.length > briefly && html`and ${group.changes.length - briefly} more; `}left out here, so that this page stays small: <code>plinth runs show ${run} --diff</code></p></article>
`;

const isLong = (text: string | null): boolean => text !== null && text.trimEnd().includes('\n');

/** What hosts printed alike is shown once. */
function outputsOf(row: TaskRow, hosts: readonly string[]): [said: string, by: string[]][] {
  const outputs = new Map<string, string[]>();
  for (const host of hosts) {
    const said = row.outputs.get(host)?.join('\n');
    if (said !== undefined) outputs.set(said, [...(outputs.get(said) ?? []), host]);
  }
  return [...outputs];
}

const longest = 240;
const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** `0 → 1`; texts of many lines by their size. */
function values({ from, to }: ToldChange): Html | undefined {
  if (from === null && to === null) return undefined;
  return html`<span class="vals">${value(from)}<span class="arrow" aria-label="becomes">&rarr;</span>${value(to)}</span>`;
}

function value(text: string | null): Html {
  if (text === null || text === '') return html`<em>${text === null ? 'absent' : 'empty'}</em>`;
  const size = text.trimEnd().split('\n').length;
  return size > 1 ? html`<em>${count(size, 'line')}</em>` : html`<code>${short(text.trimEnd(), longest)}</code>`;
}

interface Diff {
  readonly lines: readonly string[];
  /** Why not all of it is here. */
  readonly cut?: string;
}

function diffOf(change: ToldChange, showDiff: ShowDiff): Diff | undefined {
  if (!isLong(change.from) && !isLong(change.to)) return undefined;
  if ((change.from?.length ?? 0) + (change.to?.length ?? 0) > room.text) return { lines: [], cut: 'too long to be compared here' };
  const all = showDiff(change, createStyle(false)).slice(2);
  return all.length > room.lines ? { lines: all.slice(0, room.lines), cut: `${all.length - room.lines} more lines` } : { lines: all };
}

function lines(what: string, { lines: diff, cut }: Diff, open: boolean, run: string): Html {
  const [added = 0, removed = 0] = ['+', '-'].map((sign) => diff.filter((line) => line.startsWith(sign)).length);
  return html`<details${open && html` open`}><summary>Diff ${what !== '' && html`of ${what} `}<span class="plus">+${added}</span> <span class="minus">&minus;${removed}</span></summary>${diff.length > 0 && html`<pre class="diff" tabindex="0">${diff.map((line) => html`<span${kindOf(line)}>${line}
</span>`)}</pre>`}${cut !== undefined && html`<p class="dim">${cut}: <code>plinth runs show ${run} --diff</code></p>`}</details>`;
}

const kindOf = (line: string): Html | undefined => (line.startsWith('+') ? html` class="p"` : line.startsWith('-') ? html` class="m"` : line.startsWith('@@') ? html` class="at"` : undefined);
