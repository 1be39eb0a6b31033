import { count } from '../../text/count.ts';
import { duration } from '../../text/duration.ts';
import { type Html, html } from '../markup/html.ts';
import type { RunModel } from '../model/model.ts';

/** What was run, when, on what, and how it came out. */
export function header({ about, start, end, span, plays, hosts }: RunModel): Html {
  const planned = start?.mode === 'plan';
  const verdict = about.result === 'ok' ? (planned ? 'Planned' : 'Converged') : { failed: 'Failed', interrupted: 'Interrupted', running: 'Still running' }[about.result];
  const colour = about.result === 'ok' ? 'ok' : about.result === 'failed' ? 'failed' : 'stopped';
  const options = [...(about.limit === undefined ? [] : [`--limit ${about.limit}`]), ...(about.tags ?? []).map((tag) => `--tags ${tag}`), ...(about.skipTags ?? []).map((tag) => `--skip-tags ${tag}`)].join(' ');
  const facts: [string, string | Html][] = [
    ['Inventory', start?.inventory ?? 'unknown'],
    ['Started', start ? html`<time datetime="${start.startedAt}">${when(start.startedAt)}</time>` : 'unknown'],
    ['Took', duration(end?.ms ?? span)],
    ['Run', about.id],
    ...(options === '' ? [] : [['Options', options] satisfies [string, string]]),
    ...(about.resumes === undefined ? [] : [['Went on with', about.resumes] satisfies [string, string]]),
    ['Plinth', start?.version ?? 'unknown'],
  ];
  return html`<header class="top"><div class="title"><p class="eyebrow">Plinth ${planned ? 'plan' : 'run'}</p><h1>${start?.playbook ?? about.id} <span class="badge big ${colour}">${verdict}</span></h1></div>
<button type="button" id="theme" hidden>Dark</button>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>
<ul class="tiles" aria-label="Totals">${tiles(planned, { end, hosts, plays }).map(([n, label, kind]) => html`<li class="${n === 0 ? 'none' : kind}"><b>${n}</b> ${label}</li>`)}</ul>
`;
}

const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** Tasks are counted on each host: ten tasks on three hosts are thirty. */
function tiles(planned: boolean, { end, hosts, plays }: Pick<RunModel, 'end' | 'hosts' | 'plays'>): [number, string, string][] {
  const sum = (status: keyof RunModel['hosts'][number]['counts']): number => hosts.reduce((all, { counts }) => all + counts[status], 0);
  const unreachable = hosts.filter(({ verdict }) => verdict === 'unreachable').length;
  return [
    [hosts.length, `${hosts.length === 1 ? 'host' : 'hosts'}, ${count(plays.length, 'play')}`, ''],
    planned ? [sum('would-change'), 'to change', 'changed'] : [sum('changed'), 'changed', 'changed'],
    [sum('ok'), 'as wanted', 'ok'],
    [sum('failed'), 'failed', 'failed'],
    ...(unreachable > 0 ? [[unreachable, 'unreachable', 'failed'] satisfies [number, string, string]] : []),
    ...(sum('unknown') > 0 ? [[sum('unknown'), 'unknown yet', 'unknown'] satisfies [number, string, string]] : []),
    [sum('skipped'), 'skipped', ''],
    [Object.values(end?.trips ?? {}).reduce((all, n) => all + n, 0) || hosts.reduce((all, { trips }) => all + trips, 0), 'round trips', ''],
  ];
}
