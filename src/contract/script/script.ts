import { Late } from '../late.ts';
import { contexts } from './context.ts';
import { quote } from './quote.ts';

/** What may stand in a hole of sh`...`. Arrays become several words; a Script is spliced in as it is. */
export type Word = string | number | boolean | Late<string> | Late<number> | Script | readonly (string | number)[];

/** A shell text whose every hole is quoted, and whose late values stay holes until it is sent. */
export class Script {
  readonly kind = 'script';
  readonly parts: readonly (string | Late<string | number>)[];
  constructor(parts: readonly (string | Late<string | number>)[]) {
    this.parts = parts;
  }

  /** For people: late values appear by name, e.g. `kubeadm join --token <credentials.token>`. */
  show(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `<${part.label}>`)).join('');
  }

  /** The late values that must be known before this can be sent. */
  get lates(): readonly Late<string | number>[] {
    return this.parts.filter((part) => part instanceof Late);
  }

  /** For the engine: the text to send. */
  async text(): Promise<string> {
    const texts = await Promise.all(this.parts.map(async (part) => (typeof part === 'string' ? part : quote(String(await part.resolve())))));
    return texts.join('');
  }
}

const checked = new WeakSet<TemplateStringsArray>();

/**
 * A POSIX sh text. Every hole is quoted as one word (an array as several):
 *
 *     sh`install -m ${mode} -- ${source} ${target}`
 *
 * Backslashes reach the shell as written; write \${x} for the shell's own braces.
 * @throws TypeError where a hole stands inside quotes or a here-document, and for words no shell can hold (NUL).
 */
export function sh(text: TemplateStringsArray, ...words: Word[]): Script {
  if (!checked.has(text)) {
    refuseQuotedHoles(text);
    checked.add(text);
  }
  const literal = text.raw.map(unescaped);
  const parts: (string | Late<string | number>)[] = [literal[0] ?? ''];
  words.forEach((word, index) => {
    if (word instanceof Script) parts.push(...word.parts);
    else if (word instanceof Late) parts.push(word);
    else if (Array.isArray(word)) parts.push(word.map((one) => quote(String(one))).join(' '));
    else parts.push(quote(String(word)));
    parts.push(literal[index + 1] ?? '');
  });
  return new Script(parts);
}

/** Shell text taken as it is: the one way around quoting. Never give it a value that came from outside. */
sh.raw = (text: string): Script => new Script([text]);

/** Scripts one after another, each on lines of its own. */
sh.lines = (scripts: readonly Script[]): Script => new Script(scripts.flatMap((script, index) => (index === 0 ? script.parts : ['\n', ...script.parts])));

/** Backslashes are the shell's; only the two that JavaScript itself needs, before a backtick and before `${`, are taken away. */
const unescaped = (raw: string): string => raw.replaceAll('\\`', '`').replaceAll('\\${', '${');

function refuseQuotedHoles(text: TemplateStringsArray): void {
  const bad = contexts(text.raw.map(unescaped)).findIndex((context) => context !== 'bare');
  if (bad < 0) return;
  throw new TypeError(`sh\`...${(text[bad] ?? '').slice(-30)}\${...}\`: a hole inside quotes, a comment or a here-document would not be quoted rightly; take it out of them`);
}
