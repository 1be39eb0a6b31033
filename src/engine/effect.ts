import { createHash } from 'node:crypto';
import type { Effect, Upload } from '../contract/change.ts';
import type { Step } from '../contract/connection.ts';
import { Late } from '../contract/late.ts';
import { isSource, type Source } from '../contract/local.ts';
import { cleaningUp } from '../contract/script/cleaningUp.ts';
import { quote } from '../contract/script/quote.ts';
import { Script } from '../contract/script/script.ts';
import { stagingName } from '../contract/stagingName.ts';
import { type Guard, guardOf } from './guard.ts';

/** What a change turns into when it is sent. Late values are in it: never logged. */
export type Action = { readonly kind: 'step'; readonly step: Step } | { readonly kind: 'put'; readonly upload: Upload; readonly content: Uint8Array | Source } | { readonly kind: 'reboot'; readonly timeout: number } | Guard;

/** Files up to this size travel inside the frame, and so cost no round trip of their own. In bytes. */
const inlineLimit = 48 * 1024;

/** Resolves the late values of an effect and makes it ready to send. */
export async function prepareEffect(effect: Effect, options: Pick<Step, 'timeout' | 'critical'>, isRoot: boolean): Promise<Action> {
  if (effect instanceof Script) return { kind: 'step', step: { script: await effect.text(), gate: true, ...options } };
  if (effect.kind === 'reboot') return effect;
  if (effect.kind === 'guarded') return guardOf({ run: await effect.run.text(), undo: await effect.undo.text(), within: effect.within }, options);
  const { content } = effect;
  if (isSource(content) && content.size > inlineLimit) return { kind: 'put', upload: effect, content };
  const value = isSource(content) ? await wholeOf(content) : content instanceof Late ? await content.resolve() : content;
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  if (bytes.byteLength > inlineLimit) return { kind: 'put', upload: effect, content: bytes };
  return { kind: 'step', step: { script: inlineUpload(effect, bytes, isRoot), gate: true, ...options } };
}

async function wholeOf(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source.open()) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (createHash('sha256').update(bytes).digest('hex') !== source.sha256) await source.check?.();
  return bytes;
}

// A new file beside the target, owner and mode set before it appears under its name, then one rename. Processes are what
// costs here: a mode without x comes from the umask, and a new file of root is root's already. `[ -d ]` because busybox
// mv has no -T; a link is followed so that /etc/resolv.conf stays the link it is. The folder may belong to somebody else,
// whose links must not lead us elsewhere: hence `set -C` and `chown -h`.
function inlineUpload({ path, mode, owner, group, validate }: Upload, bytes: Uint8Array, isRoot: boolean): string {
  const bits = Number.parseInt(mode, 8);
  const byUmask = (bits & ~0o666) === 0 && validate === undefined;
  return `t=${quote(path)}
if [ -L "$t" ]; then t=$(readlink -f -- "$t"); fi
d=\${t%/*}; n=$d/${stagingName(path)}
if [ -d "$t" ]; then echo "$t is a directory" >&2; exit 1; fi
if [ ! -d "$d/" ]; then echo "there is no directory $d" >&2; exit 1; fi
${cleaningUp('rm -f -- "$n"')}
if [ -e "$n" ] || [ -L "$n" ]; then rm -f -- "$n"; fi
umask ${byUmask ? (0o666 & ~bits).toString(8).padStart(4, '0') : '0077'}; set -C
${writing(bytes)}
umask 0022; set +C
${validate === undefined ? '' : `${validate.replaceAll('%s', '"$n"')} >&2\n`}${isRoot && owner === 'root' && group === 'root' ? '' : `chown -h ${quote(`${owner}:${group}`)} -- "$n"\n`}${byUmask ? '' : `chmod ${quote(mode)} -- "$n"\n`}mv -f -- "$n" "$t"
trap - EXIT HUP INT TERM
if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then restorecon -- "$t"; fi`;
}

// The printf of dash does not say why it cannot write; cat does, and costs its process only then.
function writing(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes);
  const isText = !text.includes('\0') && Buffer.from(text, 'utf8').equals(bytes);
  if (!isText) return `printf %s ${Buffer.from(bytes).toString('base64')} | base64 -d >"$n"`;
  return `c=${quote(text)}; printf %s "$c" 2>/dev/null >"$n" || { rm -f -- "$n"; printf %s "$c" | cat >"$n"; }`;
}
