const bools: Readonly<Record<string, boolean>> = { yes: true, true: true, on: true, no: false, false: false, off: false };

/**
 * The value of a YAML scalar without quotes as PyYAML reads it, which is YAML 1.1: `yes` is true, `0644` is 420, `1e3` is
 * text. Left as text: dates, which nobody means as dates in an inventory; numbers to base 60, such as 80:80; numbers too
 * long to keep their digits.
 */
export function pyyamlScalar(text: string): string | number | boolean | null {
  if (text === '' || text === '~' || /^(null|Null|NULL)$/.test(text)) return null;
  if (/^(yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/.test(text)) return bools[text.toLowerCase()] ?? text;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  const number = numberOf(text, digits);
  if (number === undefined || (Number.isInteger(number) && !Number.isSafeInteger(number))) return text;
  return sign * number;
}

function numberOf(text: string, digits: string): number | undefined {
  if (/^[-+]?0b[01_]+$/.test(text) || /^[-+]?0x[0-9a-fA-F_]+$/.test(text)) return Number(digits);
  if (/^[-+]?0[0-7_]+$/.test(text)) return Number.parseInt(digits, 8);
  if (/^[-+]?(0|[1-9][0-9_]*)$/.test(text)) return Number(digits);
  if (/^[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?$/.test(text) || /^[-+]?\.[0-9][0-9_]*([eE][-+][0-9]+)?$/.test(text)) return Number(digits);
  return undefined;
}
