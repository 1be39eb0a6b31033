import { printable } from '../../text/printable.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that turn the direction of text around: what they hide in a diff must be seen. */
const turners = /[\u202A-\u202E\u2066-\u2069]/g;

/** Text for an element or a double-quoted attribute: no markup, no escape sequences, nothing invisible that misleads. */
export const escape = (text: string): string =>
  printable(text)
    .replace(turners, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (c) => entities[c] ?? c);
