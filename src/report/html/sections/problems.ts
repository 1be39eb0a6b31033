import { showLocated } from '../../../contract/located.ts';
import type { Failure } from '../../story.ts';
import { likelyCause } from '../../text/cause.ts';
import { count } from '../../text/count.ts';
import { type Html, html } from '../markup/html.ts';
import type { RunModel } from '../model/model.ts';
import { section } from '../page/words.ts';

/** Every failure with its place, its evidence, the likely cause and the way out; then warnings. Nothing where there are none. */
export function problems({ failures, warnings, ignored, rowOf }: RunModel): Html | undefined {
  const notes = [...(failures.length > 0 ? [count(failures.length, 'failure')] : []), ...(warnings.length > 0 ? [count(warnings.length, 'warning')] : []), ...(ignored.length > 0 ? [`${count(ignored.length, 'failure')} ignored`] : [])];
  if (notes.length === 0) return undefined;
  return section('problems', failures.length > 0 ? 'Problems' : 'Warnings', notes.join(', '), [
    ...failures.map(failure),
    ...(warnings.length + ignored.length === 0
      ? []
      : [
          html`<ul class="warnings">${warnings.map(({ host, message }) => html`<li><span class="badge stopped">warning</span> ${host !== undefined && html`<b>${host}</b> `}${message}</li>`)}${ignored.map(
            (result) => html`<li><span class="badge skipped">ignored</span> <b>${result.host}</b> <a href="#${rowOf.get(result)?.id ?? ''}">${result.play} &rsaquo; ${result.task}</a>: ${result.error?.summary ?? 'failed'}</li>`,
          )}</ul>`,
        ]),
  ]);
}

function failure({ error, lines }: Failure): Html {
  const guess = likelyCause(error, lines);
  const detail = error.detail?.trimEnd().split('\n') ?? [];
  const evidence = [...lines.filter((line) => !detail.some((known) => known.includes(line.trim()))), ...detail];
  const way = error.hint ?? guess?.next;
  const head = [error.play, error.task].filter((part) => part !== undefined).join(' › ');
  return html`<article class="problem"><h3>${error.host !== undefined && html`<span class="host">${error.host}</span> `}${head === '' ? error.summary : head}</h3>
${head !== '' && html`<p class="what">${error.summary}</p>`}${evidence.length > 0 && html`<pre tabindex="0" aria-label="What the node said">${evidence.join('\n')}</pre>`}
<dl class="facts small">${guess && html`<div><dt>Likely cause</dt><dd>${guess.cause}</dd></div>`}${way !== undefined && html`<div class="way"><dt>What to do</dt><dd>${way}</dd></div>`}${error.at && error.at.length > 0 && html`<div><dt>Where</dt><dd><code>${error.at.map(showLocated).join(' ')}</code></dd></div>`}<div><dt>Kind</dt><dd><code>${error.cause}</code></dd></div></dl></article>
`;
}
