import type { Secret } from '../../../contract/index.ts';

/** Passwords that stood in plain text, on their way into secret.env. */
export interface PlainSecrets {
  /** `dotenv:NAME` or `env:NAME`, to stand behind `!secret`. */
  referenceOf(secret: Secret<string>, setting: string): string;
  /** The lines of secret.env; empty where there was no password. */
  text(): Promise<string>;
}

export function plainSecrets(): PlainSecrets {
  const names = new Map<Secret<string>, string>();
  return {
    referenceOf(secret, setting) {
      const env = /^secret (env:\w+)$/.exec(secret.label)?.[1];
      if (env !== undefined) return env;
      const base = setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
      const taken = new Set(names.values());
      const name = names.get(secret) ?? [base, ...Array.from({ length: names.size + 1 }, (_, index) => `${base}_${index + 2}`)].find((one) => !taken.has(one)) ?? base;
      names.set(secret, name);
      return `dotenv:${name}`;
    },
    async text() {
      const lines = await Promise.all([...names].map(async ([secret, name]) => `${name}=${quoted(await secret.resolve())}\n`));
      return lines.join('');
    },
  };
}

/** As secret.env wants it: '...' takes everything as it is, "..." knows a few escapes. */
const quoted = (value: string): string => (value.includes("'") ? `"${value.replaceAll(/["\\$]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"` : `'${value}'`);
