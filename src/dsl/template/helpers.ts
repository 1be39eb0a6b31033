interface Options {
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } };
}

/** An error at a place of the template, in the form in which handlebars tells its own. */
function failAt(message: string, { loc }: Options): never {
  throw Object.assign(new Error(message), { lineNumber: loc?.start.line ?? 1, column: loc?.start.column ?? 0 });
}

/** What templates may call beside handlebars' own helpers. `value` is put in by the compiler around every plain `{{x}}`. */
export const helpers = {
  value(this: unknown, value: unknown, name: string, options: Options): string {
    if (value === undefined || value === null) {
      const there = typeof this === 'object' && this !== null ? Object.keys(this).join(', ') : '';
      return failAt(`${name} has no value here (there is ${there || 'nothing'}): give it one, or ask with {{#if}} first`, options);
    }
    if (Array.isArray(value)) return failAt(`${name} is a list, which has no text of its own: use {{#each}}, {{join list ", "}} or {{json list}}`, options);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
    return failAt(`${name} is a record, which has no text of its own: name one of its fields, or use {{json record}}`, options);
  },
  /** `{{json x}}`: on one line, keys in their order. It is YAML as well. */
  json: (value: unknown): string => JSON.stringify(value),
  /** `{{join list ", "}}` */
  join(list: unknown, between: unknown, options: Options): string {
    if (!Array.isArray(list) || typeof between !== 'string') return failAt('join wants a list and a text to put between, as in {{join list ", "}}', options);
    return list.join(between);
  },
  /** `{{indent 4 text}}`: every line but the first is moved in, and blank ones are left blank. */
  indent(by: unknown, text: unknown, options: Options): string {
    if (typeof by !== 'number' || typeof text !== 'string') return failAt('indent wants a number and a text, as in {{indent 4 text}}', options);
    return text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(by)}`);
  },
};
