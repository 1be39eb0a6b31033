import { createHash } from 'node:crypto';
import { type Html, html } from '../markup/html.ts';
import { script } from './script.ts';
import { style } from './style.ts';

const raw = (text: string): Html => ({ html: text });

/** Nothing is loaded from anywhere, and no script runs but our own. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A page that is whole in itself: it can be mailed, kept and opened without a network. */
export const page = (title: string, links: readonly (readonly [id: string, text: string])[], body: readonly (Html | undefined)[]): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
${body[0]}<nav aria-label="Parts of the report">${links.map(([id, text]) => html`<a href="#${id}">${text}</a>`)}</nav>
<main id="main">
${body.slice(1)}</main>
<footer><p>Made by <b>Plinth</b> of the run's journal. This page loads nothing from anywhere.</p></footer>
<script>${raw(script)}</script>
</body>
</html>
`.html;
