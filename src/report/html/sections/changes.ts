import type { ToldChange } from '../../event.ts';
import { count } from '../../text/count.ts';
import { duration } from '../../text/duration.ts';
import type { ShowDiff } from '../../text/diff.ts';
import { createStyle } from '../../text/style.ts';
import { type Html, html } from '../markup/html.ts';
import type { ChangeGroup, RunModel } from '../model/model.ts';
import { badge, section } from '../page/words.ts';

/** Diffs of a page in characters, lines of one diff, characters of a text that is compared at all. */
const room = { all: 450_000, lines: 400, text: 400_000 };
/** With this many diffs or fewer they are shown at once. */
const openUpTo = 6;

/** What changed, task by task; the same change on several hosts once. */
export function changes({ changes: groups, handlers, about, start }: RunModel, showDiff: ShowDiff): Html {
  const planned = start?.mode === 'plan';
  const budget = { left: room.all };
  const told = groups.map((group) => ({ group, told: group.changes.map((change) => ({ change, diff: diffOf(change, showDiff, budget) })) }));
  const open = told.flatMap(({ told: all }) => all).filter(({ diff }) => diff.length > 0).length <= openUpTo;
  const hosts = new Set(groups.flatMap((group) => group.hosts));
  const note = groups.length === 0 ? 'nothing' : `${count(new Set(groups.map(({ row }) => row)).size, 'task')} on ${count(hosts.size, 'host')}`;
  return section('changes', planned ? 'What would change' : 'What changed', note, [
    groups.length === 0 ? html`<p class="empty">Every task found its host as wanted.</p>` : html`<p class="tools" hidden data-tools><button type="button" data-open="changes">Open all</button> <button type="button" data-close="changes">Close all</button></p>`,
    ...told.map((one) => article(one.group, one.told, open, about.id)),
    ...(handlers.length === 0
      ? []
      : [html`<h3>Handlers</h3><ul class="warnings">${handlers.map(({ host, play, handler, status, ms }) => html`<li>${badge(status === 'failed' ? 'failed' : status === 'ran' ? 'changed' : 'would-change', status === 'would-run' ? 'would run' : status)} <b>${host}</b> ${play} › ${handler} <span class="dim">${duration(ms)}</span></li>`)}</ul>`]),
  ]);
}

interface Told {
  readonly change: ToldChange;
  readonly diff: readonly string[];
}

function article({ row, hosts, status, ms }: ChangeGroup, told: readonly Told[], open: boolean, run: string): Html {
  const outputs = hosts.flatMap((host) => [...(row.outputs.has(host) ? [{ host, lines: row.outputs.get(host) ?? [] }] : [])]);
  return html`<article class="change"><div class="line">${badge(status)} <h4>${row.task}</h4> <code>${row.module}</code> ${hosts.map((host) => html`<span class="host">${host}</span> `)}<span class="right"><a href="#${row.id}">${row.at}</a> <span class="num">${duration(ms)}</span></span></div>
<ul>${told.map(({ change, diff }) => html`<li><span class="what">${change.what}</span>${values(change)}${diff.length > 0 && lines(diff, open, run)}</li>`)}</ul>
<details><summary>How</summary><pre tabindex="0">${told.map(({ change }) => short(change.run.trimEnd(), 2000)).join('\n')}</pre></details>${outputs.map(({ host, lines: said }) => html`<details><summary>Output on ${host} <span class="dim">${count(said.length, 'line')}</span></summary><pre tabindex="0">${said.join('\n')}</pre></details>`)}</article>
`;
}

const longest = 240;
const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** `0 → 1`; texts of many lines by their size. */
function values({ from, to }: ToldChange): Html | undefined {
  if (from === null && to === null) return undefined;
  return html`<span class="vals">${value(from)}<span class="arrow" aria-label="becomes">→</span>${value(to)}</span>`;
}

function value(text: string | null): Html {
  if (text === null || text === '') return html`<em>${text === null ? 'absent' : 'empty'}</em>`;
  const size = text.trimEnd().split('\n').length;
  return size > 1 ? html`<em>${count(size, 'line')}</em>` : html`<code>${short(text.trimEnd(), longest)}</code>`;
}

function diffOf(change: ToldChange, showDiff: ShowDiff, budget: { left: number }): readonly string[] {
  if ((change.from?.length ?? 0) + (change.to?.length ?? 0) > room.text) return ['  this text is too long to be compared here'];
  const all = showDiff(change, createStyle(false)).slice(2);
  const some = all.length > room.lines ? [...all.slice(0, room.lines), `  ${all.length - room.lines} more lines`] : all;
  const size = some.reduce((sum, line) => sum + line.length + 30, 0);
  if (size > budget.left) return ['  left out here, so that this page stays small'];
  budget.left -= size;
  return some;
}

function lines(diff: readonly string[], open: boolean, run: string): Html {
  const [added, removed] = ['+', '-'].map((sign) => diff.filter((line) => line.startsWith(sign)).length);
  const cut = diff.at(-1)?.startsWith('  ') === true && /^ {2}(this text|left out|\d+ more lines)/.test(diff.at(-1) ?? '');
  return html`<details${open && html` open`}><summary>Diff <span class="plus">+${added ?? 0}</span> <span class="minus">−${removed ?? 0}</span></summary><pre class="diff" tabindex="0">${diff.map((line) => html`<span${kindOf(line)}>${line}
</span>`)}</pre>${cut && html`<p class="dim">The whole of it: <code>plinth runs show ${run} --diff</code></p>`}</details>`;
}

const kindOf = (line: string): Html | undefined => (line.startsWith('+') ? html` class="p"` : line.startsWith('-') ? html` class="m"` : line.startsWith('@@') ? html` class="at"` : undefined);
