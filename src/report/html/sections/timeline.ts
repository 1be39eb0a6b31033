import { duration } from '../../text/duration.ts';
import { type Html, html } from '../markup/html.ts';
import type { Bar, HostLane, RunModel } from '../model/model.ts';
import { badge, section } from '../page/words.ts';

/** A lane for each host: what it did when, plays above. Bars are links to the task; arrow keys walk a lane. */
export function timeline(model: RunModel): Html {
  const { span, hosts, plays, timed } = model;
  const note = `${duration(span)}${timed ? '' : ', put together from durations'}`;
  return section('timeline', 'Timeline', note, html`<p class="hint">Each lane is a host: steps above, round trips as marks below. Point at a bar, or move along a lane with the arrow keys; Enter goes to the task.</p>
<div class="chart" id="chart">
<div class="lane axis" aria-hidden="true"><span class="name"></span><div class="track">${ticks(span).map((at) => html`<i style="left:${percent(at, span)}%"><b>${duration(at).replace('.0 s', ' s')}</b></i>`)}</div></div>
<div class="lane plays"><span class="name">plays</span><div class="track">${plays.map(({ name, from, to }) => html`<span class="play" style="left:${percent(from, span)}%;width:${percent(to - from, span)}%" title="${name}, ${duration(to - from)}">${name}</span>`)}</div></div>
${hosts.map((host) => lane(host, span))}</div>
<p id="told" class="told" role="status" aria-live="polite">&nbsp;</p>
<ul class="legend" aria-label="Legend"><li><i class="key ok"></i> ok</li><li><i class="key changed"></i> changed</li><li><i class="key failed"></i> failed</li><li><i class="key skipped"></i> skipped</li><li><i class="key unknown"></i> unknown yet</li><li><i class="key connect"></i> connecting</li><li><i class="key trip"></i> round trip</li></ul>`);
}

function lane({ host, bars, verdict }: HostLane, span: number): Html {
  const steps = bars.filter(({ kind }) => kind !== 'trip');
  const trips = bars.filter(({ kind }) => kind === 'trip');
  return html`<div class="lane node"><span class="name"><b>${host}</b> ${badge(verdict)}</span><div class="track" role="group" aria-label="${host}: ${steps.length} steps">${steps.map((bar, i) => step(bar, span, i === 0 ? 0 : -1))}${trips.map((bar) => html`<i class="trip" style="left:${percent(bar.from, span)}%;width:${percent(bar.to - bar.from, span)}%" data-tell="${bar.label}"></i>`)}</div></div>
`;
}

function step({ kind, status, from, to, label, row }: Bar, span: number, tabindex: number): Html {
  const at = html`class="bar ${kind} ${status}" style="left:${percent(from, span)}%;width:${percent(to - from, span)}%" tabindex="${tabindex}" aria-label="${label}, after ${duration(from)}"`;
  return row === undefined ? html`<span ${at} role="img"></span>` : html`<a ${at} href="#${row}"></a>`;
}

const percent = (value: number, span: number): string => String(Math.round((value / span) * 1e4) / 100);

/** Three to seven round numbers of ms along the axis. */
export function ticks(span: number): number[] {
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const minute = 60_000;
  const steps = rough >= minute ? [1, 2, 5, 10, 15, 30, 60, 120, 240].map((n) => n * minute) : [1, 2, 5, 10].map((n) => n * power);
  const step = steps.find((size) => size >= rough) ?? rough;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step).filter((at) => at <= span * 0.96);
}
