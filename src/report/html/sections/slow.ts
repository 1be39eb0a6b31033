import { duration } from '../../text/duration.ts';
import { type Html, html } from '../markup/html.ts';
import type { RunModel } from '../model/model.ts';
import { badge, section } from '../page/words.ts';

/** The steps that took longest, and those that needed more than one attempt. */
export function slow({ slowest, retried, rowOf }: RunModel): Html | undefined {
  const [first] = slowest;
  if (!first && retried.length === 0) return undefined;
  const link = (result: RunModel['slowest'][number]): Html => html`<a href="#${rowOf.get(result)?.id ?? ''}">${result.task}</a> <span class="dim">${result.play}</span>`;
  return section('slowest', 'Slowest steps', '', html`<div class="scroll" tabindex="0" role="region" aria-label="Slowest steps"><table class="slow"><thead><tr><th scope="col">Task</th><th scope="col">Host</th><th scope="col">Result</th><th scope="col" class="n">Took</th><th scope="col"><span class="sr">In proportion</span></th></tr></thead><tbody>${slowest.map(
    (result) => html`<tr><th scope="row">${link(result)}</th><td>${result.host}</td><td>${badge(result.status)}</td><td class="n">${duration(result.ms)}</td><td class="wide"><span class="meter"><i class="${result.status}" style="width:${Math.max(0.5, Math.round((result.ms / (first?.ms ?? 1)) * 1000) / 10)}%"></i></span></td></tr>
`,
  )}</tbody></table></div>
${retried.length > 0 && html`<h3>Tried more than once</h3><ul class="warnings">${retried.map((result) => html`<li>${badge(result.status)} <b>${result.host}</b> ${link(result)} <span class="dim">${result.attempts} attempts, ${duration(result.ms)}</span></li>`)}</ul>`}`);
}
