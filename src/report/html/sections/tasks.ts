import { count } from '../../text/count.ts';
import { duration } from '../../text/duration.ts';
import type { TaskResult } from '../../story.ts';
import { type Html, html } from '../markup/html.ts';
import type { PlayPart, RunModel, TaskRow } from '../model/model.ts';
import { section, words } from '../page/words.ts';

/** Every task of every play, hosts side by side. */
export function tasks({ plays }: RunModel): Html {
  const total = plays.reduce((sum, { rows }) => sum + rows.length, 0);
  return section('tasks', 'All tasks', count(total, 'task'), [
    html`<div class="tools filter" hidden data-tools><label>Find <input type="search" id="find" placeholder="task, module or place" autocomplete="off"></label><label>Show <select id="only"><option value="">everything</option><option value="changed would-change failed unknown">what differs</option><option value="failed">failures</option></select></label><span id="count" role="status" class="dim"></span></div>`,
    ...plays.map(play),
  ]);
}

const play = ({ name, hosts, rows, from, to }: PlayPart): Html =>
  rows.length === 0
    ? html`<h3>${name}</h3><p class="empty">No task was told of.</p>`
    : html`<h3>${name} <small>${count(rows.length, 'task')}, ${duration(to - from)}</small></h3><div class="scroll" tabindex="0" role="region" aria-label="${name}"><table class="grid"><thead><tr><th scope="col">Task</th><th scope="col">Module</th>${hosts.map((host) => html`<th scope="col">${host}</th>`)}<th scope="col">Where</th></tr></thead><tbody>${rows.map((row) => line(row, hosts))}</tbody></table></div>
`;

const line = ({ id, task, module, at, results }: TaskRow, hosts: readonly string[]): Html => html`<tr id="${id}"><th scope="row">${task}</th><td><code>${module}</code></td>${hosts.map((host) => cell(results.get(host)))}<td class="dim">${at}</td></tr>
`;

function cell(result: TaskResult | undefined): Html {
  if (!result) return html`<td class="none">not reached</td>`;
  const more = [...(result.ms >= 1 ? [duration(result.ms)] : []), ...(result.attempts > 1 ? [`attempt ${result.attempts}`] : [])];
  return html`<td class="s ${result.status}">${words[result.status]}${more.length > 0 && html` <small>${more.join(', ')}</small>`}${result.note !== undefined && html`<small class="why">${result.note}</small>`}${result.mayBeAffected && html`<small class="why">may change with the tasks before it</small>`}</td>`;
}
