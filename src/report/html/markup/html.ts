import { escape } from './escape.ts';

/** Markup that is safe to put into a page as it is. Made by html`...` and nothing else. */
export interface Html {
  readonly html: string;
}

type Hole = string | number | Html | undefined | false | readonly Hole[];

/**
 * Markup from a template: every hole is escaped unless it is markup itself; lists are put one after another, `undefined` and `false` are nothing. Attributes must
 * stand in double quotes, and the text itself is ASCII (&rarr; for an arrow): test/checks/tagged-ascii.test.ts says why.
 */
export const html = (text: TemplateStringsArray, ...holes: readonly Hole[]): Html => ({ html: text.reduce((all, part, i) => `${all}${shown(holes[i - 1])}${part}`) });

function shown(hole: Hole): string {
  if (hole === undefined || hole === false) return '';
  if (typeof hole === 'string') return escape(hole);
  if (typeof hole === 'number') return String(hole);
  return 'html' in hole ? hole.html : hole.map(shown).join('');
}
