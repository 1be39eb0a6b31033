import type { Status } from '../../event.ts';
import { duration } from '../../text/duration.ts';
import { type Html, html } from '../markup/html.ts';
import type { HostLane } from '../model/model.ts';

/** One word for each thing that can come out, everywhere the same. */
export const words: Readonly<Record<Status | HostLane['verdict'], string>> = { ok: 'ok', changed: 'changed', 'would-change': 'to change', unknown: 'unknown yet', failed: 'failed', skipped: 'skipped', unreachable: 'unreachable', stopped: 'stopped', idle: 'nothing to do' };

/** Coloured, and readable without colours. */
export const badge = (status: keyof typeof words, text: string = words[status]): Html => html`<span class="badge ${status}">${text}</span>`;

export const ms = (value: number): Html => html`<span class="num">${duration(value)}</span>`;

/** A section of the page with its heading; `note` stands beside it. */
export const section = (id: string, title: string, note: string, body: Html | readonly Html[]): Html => html`<section id="${id}" aria-labelledby="${id}-h"><div class="head"><h2 id="${id}-h">${title}</h2>${note !== '' && html`<p class="note">${note}</p>`}</div>${body}</section>
`;
