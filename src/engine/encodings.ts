import { quote } from '../contract/script/quote.ts';

/** Shorter pieces of a secret than this would hide half of all output. */
export const shortest = 3;

/**
 * Every form in which a secret may come back in output, a log or a diff: itself, its longer lines, and both in base64,
 * base64url, percent-encoding, JSON, XML, hexadecimal and the quotings of shells.
 */
export function encodingsOf(value: string): ReadonlySet<string> {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  // Output is indented and cut by lines; the first and last line of a key are the same in every key.
  const pieces = lines.length > 1 ? lines.filter((line) => line.length >= 8 && !line.startsWith('-----')) : [];
  const whole = [value, value.trim(), value.replaceAll(/\r?\n/g, '\r\n')];
  const forms = [...whole, ...pieces].flatMap((text) => [text, ...base64(text), ...percent(text), ...json(text), ...shell(text), ...hex(text), ...markup(text)]);
  return new Set(forms.filter((form) => form.length >= shortest));
}

/**
 * A secret within longer text starts at any of three positions of a base64 group: of each, the characters that depend on
 * the secret alone. Also whole, with and without the newline that `echo` adds, and in the lines that `base64` (76) and PEM (64) break it into.
 */
function base64(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const within = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '');
    const last = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(before === 0 ? 0 : before + 1, last);
  });
  const whole = [bytes, Buffer.from(`${text}\n`)].map((all) => all.toString('base64'));
  const broken = whole.flatMap((all) => [76, 64].flatMap((width) => (all.length > width ? Array.from({ length: Math.ceil(all.length / width) }, (_, line) => all.slice(line * width, (line + 1) * width)) : [])));
  const standard = [...within, ...whole, ...whole.map((all) => all.replace(/=+$/, '')), ...broken.filter((line) => line.length >= 8)];
  return [...standard, ...standard.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))];
}

function percent(text: string): readonly string[] {
  const form = encodeURIComponent(text.toWellFormed());
  const strict = form.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = encodeURI(text.toWellFormed());
  const all = [form, strict, strict.replaceAll('%20', '+'), path, new URLSearchParams({ '': text }).toString().slice(1)];
  return [...all, ...all.map((one) => one.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** JSON, JSON within JSON (as in annotations of Kubernetes), and the ASCII-only and slash-escaping dialects. */
function json(text: string): readonly string[] {
  const inner = (one: string): string => JSON.stringify(one).slice(1, -1);
  const ascii = (one: string): string => one.replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const once = [inner(text), ascii(inner(text)), inner(text).replaceAll('/', '\\/')];
  return [...once, ...once.map(inner)];
}

/** As our own quoting, `set -x` of dash and bash, printf %q, double quotes and $'...' write it; without the outer quotes. */
function shell(text: string): readonly string[] {
  const ansi = text.replaceAll(/[\\'\n\r\t]/g, (char) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[char] ?? `\\${char}`);
  return [
    ...(text.includes('\0') || !text.isWellFormed() ? [] : [quote(text)]),
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "''"),
    text.replaceAll(/["\\$`]/g, '\\$&'),
    text.replaceAll(/[^A-Za-z0-9_@%+:,./\-\u0080-\uffff]/g, '\\$&'),
    ansi,
  ];
}

/** As xxd -p, od -t x1, openssl and \x escapes write bytes. */
function hex(text: string): readonly string[] {
  const bytes = Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, '0'));
  const all = ['', ' ', ':', '\\x'].map((between) => bytes.join(between));
  return [...all, ...all.map((one) => one.replaceAll(/[a-f]/g, (digit) => digit.toUpperCase()))];
}

function markup(text: string): readonly string[] {
  const tags = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [tags, tags.replaceAll('"', '&quot;'), ...['&#39;', '&apos;', '&#x27;'].map((quoted) => tags.replaceAll('"', '&quot;').replaceAll("'", quoted))];
}
