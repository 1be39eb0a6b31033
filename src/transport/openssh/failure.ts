import { type Diagnostic, PlinthError } from '../../contract/diagnostic.ts';
import type { Target } from '../target/target.ts';
import { Unreachable } from '../unreachable.ts';

/** What ssh's own words mean (it runs under LC_ALL=C). They are shown in any case. */
export function failure(target: Target, said: string): PlinthError {
  const words = said.trim();
  const diagnostic = (cause: Diagnostic['cause'], summary: string, hint: string): PlinthError => new PlinthError({ cause, host: target.host, summary, detail: words, hint });
  if (/IDENTIFICATION HAS CHANGED|POSSIBLE DNS SPOOFING/.test(words)) return diagnostic('host-key', `THE HOST KEY HAS CHANGED (${target.keyName})`, `Either the host was set up anew, or something stands between you and it. If you know that it is the first: ssh-keygen -R '${target.keyName}', then connect with --accept-new.`);
  if (/REVOKED|revoked/.test(words)) return diagnostic('host-key', `the host key is revoked (${target.keyName})`, 'Somebody took this key out of trust. Do not connect before you know why.');
  if (/Host key verification failed|host key is known|authenticity of host/.test(words)) return diagnostic('host-key', `the host key is not known (${target.keyName})`, 'Compare it with the host\'s own. Then run with --accept-new, or pin it in the inventory (hostKeys).');
  if (/Permission denied|Too many authentication failures|no mutual signature|incorrect passphrase/.test(words)) return diagnostic('auth', `${target.user}@${target.address} was not let in`, `Try it by hand: ssh -p ${target.port} ${target.user}@${target.address}`);
  if (/no matching|Unable to negotiate/.test(words)) return diagnostic('unreachable', 'this host and the system\'s OpenSSH have no algorithm in common', 'Look at KexAlgorithms, HostKeyAlgorithms and Ciphers of both.');
  const last = words.split('\n').at(-1) ?? '';
  return new Unreachable(target, last === '' ? 'ssh ended without a word' : last, /refused|reset|No route|closed by|exchange_identification|Broken pipe|timed out/i.test(words));
}
