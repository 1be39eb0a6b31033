import { duration } from '../../text/duration.ts';
import type { Status } from '../../event.ts';
import { type Html, html } from '../markup/html.ts';
import type { RunModel } from '../model/model.ts';
import { badge, section, words } from '../page/words.ts';

const shown = ['changed', 'would-change', 'ok', 'unknown', 'skipped', 'failed'] as const satisfies readonly Status[];

/** Each host's share: how it was reached, what came out, how many round trips every play took. */
export function hosts({ hosts: lanes, plays }: RunModel): Html {
  const used = shown.filter((status) => lanes.some(({ counts }) => counts[status] > 0));
  const trips = plays.filter(({ trips: all }) => all.size > 0);
  return section('hosts', 'Hosts', `${lanes.reduce((all, host) => all + host.trips, 0)} round trips`, html`<div class="scroll" tabindex="0" role="region" aria-label="Hosts"><table><thead><tr><th scope="col">Host</th><th scope="col">Result</th>${used.map((status) => html`<th scope="col" class="n">${words[status]}</th>`)}<th scope="col">Share</th><th scope="col" class="n">Round trips</th><th scope="col">Reached by</th></tr></thead><tbody>${lanes.map(
    ({ host, verdict, failedAt, counts, trips: made, transport, connected }) => html`<tr><th scope="row">${host}</th><td>${badge(verdict)}${failedAt !== undefined && html` <span class="dim">${failedAt}</span>`}</td>${used.map((status) => html`<td class="n${counts[status] === 0 ? ' zero' : ''}">${counts[status]}</td>`)}<td>${share(counts)}</td><td class="n">${made}</td><td class="dim">${transport === undefined ? 'not reached' : `${transport}, ${duration(connected ?? 0)}`}</td></tr>
`,
  )}</tbody></table></div>
${trips.length > 1 && html`<h3>Round trips by play</h3><div class="scroll" tabindex="0" role="region" aria-label="Round trips by play"><table><thead><tr><th scope="col">Play</th>${lanes.map(({ host }) => html`<th scope="col" class="n">${host}</th>`)}<th scope="col" class="n">Readings</th><th scope="col" class="n">Effects</th><th scope="col" class="n">Took</th></tr></thead><tbody>${trips.map(({ name, trips: all, from, to }) => {
    const sum = (of: 'readings' | 'effects'): number => [...all.values()].reduce((so, one) => so + one[of], 0);
    return html`<tr><th scope="row">${name}</th>${lanes.map(({ host }) => html`<td class="n">${all.get(host)?.trips ?? ''}</td>`)}<td class="n">${sum('readings')}</td><td class="n">${sum('effects')}</td><td class="n">${duration(to - from)}</td></tr>
`;
  })}</tbody></table></div>`}`);
}

/** Drawn, and not read out: the numbers stand beside it. */
const share = (counts: Readonly<Record<Status, number>>): Html => html`<span class="share" aria-hidden="true">${shown.map((status) => counts[status] > 0 && html`<i class="${status}" style="flex:${counts[status]}"></i>`)}</span>`;
