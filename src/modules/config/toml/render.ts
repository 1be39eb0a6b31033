/** What can be set. Dates are not among them: TOML tells them from strings, JavaScript's values do not. */
export type TomlValue = string | number | boolean | readonly TomlValue[];

/** A value on one line. */
export function renderToml(value: TomlValue): string {
  if (typeof value === 'string') return renderString(value);
  if (typeof value === 'object') return `[${value.map(renderToml).join(', ')}]`;
  return String(Object.is(value, -0) ? 0 : value);
}

// JSON escapes all that TOML wants escaped, but for the delete character.
const renderString = (value: string): string => JSON.stringify(value).replaceAll('\u007F', String.raw`\u007f`);

export const renderKey = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : renderString(key));
export const renderKeys = (keys: readonly string[]): string => keys.map(renderKey).join('.');
