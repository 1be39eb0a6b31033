import type { Status } from '../../event.ts';
import { type Html, html } from '../markup/html.ts';
import type { HostLane } from '../model/model.ts';

/** One word for each thing that can come out, everywhere the same. */
export const words: Readonly<Record<Status | HostLane['verdict'], string>> = { ok: 'ok', changed: 'changed', 'would-change': 'to change', unknown: 'unknown yet', failed: 'failed', skipped: 'skipped', unreachable: 'unreachable', stopped: 'stopped', idle: 'nothing to do' };

/** Coloured, and readable without colours. */
export const badge = (status: keyof typeof words, text: string = words[status]): Html => html`<span class="badge ${status}">${text}</span>`;

/** Hosts beyond these are counted; who they are is told on pointing there. */
const named = 6;

/** Hosts side by side, or that it is all of them. */
export function chips(hosts: readonly string[], total: number): Html {
  if (hosts.length > named && hosts.length === total) return html`<span class="host">all ${total} hosts</span>`;
  const rest = hosts.slice(named);
  return html`${hosts.slice(0, named).map((host) => html`<span class="host">${host}</span> `)}${rest.length > 0 && html`<span class="host" title="${rest.join(', ')}">and ${rest.length} more</span>`}`;
}

/** The same as text. */
export const someHosts = (hosts: readonly string[]): string => (hosts.length > named ? `${hosts.slice(0, named).join(', ')} and ${hosts.length - named} more` : hosts.join(', '));

/** A section of the page with its heading; `note` stands beside it. */
export const section = (id: string, title: string, note: string, body: Html | readonly Html[]): Html => html`<section id="${id}" aria-labelledby="${id}-h"><div class="head"><h2 id="${id}-h">${title}</h2>${note !== '' && html`<p class="note">${note}</p>`}</div>${body}</section>
`;
