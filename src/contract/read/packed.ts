import { gunzipSync } from 'node:zlib';
import { type Script, sh } from '../script/script.ts';

/** A shell text whose output is put whole, packed: what the API says of objects shrinks to a tenth. Unpack it with `unpacked`. */
export const putPacked = (script: Script): Script => sh`put 0 "$({ ${script}
} | gzip -c | base64 | tr -d '\n')"`;

let last: { readonly text: string; readonly plain: string } | undefined;

/** What `putPacked` put. The last answer is kept, since every key of a shared kind comes with the same one. */
export function unpacked(text: string): string {
  if (last?.text !== text) last = { text, plain: gunzipSync(Buffer.from(text, 'base64')).toString('utf8') };
  return last.plain;
}
