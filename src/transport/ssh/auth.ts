import { readFile } from 'node:fs/promises';
import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import type { Target } from '../target/target.ts';

/** Reads a private key: a key, or why not. */
export type ParseKey = (data: Buffer, passphrase?: string) => ParsedKey | ParsedKey[] | Error;

/** What to offer, and what could not be, for the error when nothing was taken. */
export interface Offers {
  readonly methods: readonly AnyAuthMethod[];
  readonly notes: readonly string[];
}

/**
 * What was named comes before what is merely lying about, since sshd hangs up after six tries. No `none` request: it costs
 * a round trip and a PAM start.
 */
export async function offersOf(target: Target, parse: ParseKey): Promise<Offers> {
  const notes: string[] = [];
  const { user: username } = target;
  const fromFile = async (named: boolean): Promise<AnyAuthMethod[]> => {
    const found = await Promise.all(target.keys.filter((key) => key.named === named).map(({ file }) => keyOf(file, target, parse)));
    for (const one of found) if (typeof one === 'string') notes.push(one);
    return found.flatMap((one) => (typeof one === 'string' ? [] : [{ type: 'publickey' as const, username, key: one }]));
  };
  const [named, usual] = await Promise.all([fromFile(true), fromFile(false)]);
  const { password, agent } = target;
  const byPassword: AnyAuthMethod[] =
    password === undefined
      ? []
      : [
          { type: 'password', username, password },
          // Some sshd ask by PAM only; one that does not echo is taken for the password.
          { type: 'keyboard-interactive', username, prompt: (_name, _instructions, _lang, prompts, finish) => finish(prompts.map(({ echo }) => (echo === true ? '' : password))) },
        ];
  const byAgent: AnyAuthMethod[] = agent === undefined ? [] : [{ type: 'agent', username, agent }];
  return { methods: [...named, ...byPassword, ...byAgent, ...usual], notes };
}

async function keyOf(file: string, target: Target, parse: ParseKey): Promise<ParsedKey | string> {
  const data = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
  if (data instanceof Error) return `${file} cannot be read (${data.code ?? data.message})`;
  const plain = parse(data);
  const parsed = plain instanceof Error && target.passphrase !== undefined ? parse(data, target.passphrase) : plain;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error || key === undefined) return `${file}: ${reason(key, target.passphrase)}`;
  return key.isPrivateKey() ? key : `${file} is not a private key`;
}

function reason(error: Error | undefined, passphrase: string | undefined): string {
  if (/no passphrase given/i.test(error?.message ?? '')) return 'the key is encrypted and no passphrase was given';
  if (passphrase !== undefined && /integrity|decrypt|passphrase|malformed/i.test(error?.message ?? '')) return 'the passphrase does not open the key';
  return error?.message ?? 'no key in it';
}
