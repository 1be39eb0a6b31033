/** Part of a stream: bytes as a program wrote them, or a mark of ours: nonce, one letter, `rest`, newline. */
export type Token = { readonly kind: 'raw'; readonly bytes: Buffer } | { readonly kind: 'mark'; readonly tag: string; readonly rest: string };

/** Longest text of a mark after its letter. */
const longestRest = 64;

/**
 * Tells marks from raw bytes in a stream whose chunks may be cut anywhere. Nothing is kept back but what could still
 * become a mark: under 100 bytes. No program can write a mark, since none knows the nonce.
 */
export function splitter(nonce: string, on: (token: Token) => void): (chunk: Buffer) => void {
  const needle = Buffer.from(nonce, 'latin1');
  let held: Buffer = Buffer.alloc(0);
  const raw = (bytes: Buffer): void => {
    if (bytes.length > 0) on({ kind: 'raw', bytes });
  };
  return (chunk) => {
    let rest = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    for (;;) {
      const at = rest.indexOf(needle);
      if (at < 0) break;
      const end = rest.indexOf(10, at + needle.length);
      if (end < 0 && rest.length - at <= needle.length + longestRest) {
        raw(rest.subarray(0, at));
        held = Buffer.from(rest.subarray(at));
        return;
      }
      if (end < 0 || end - at > needle.length + longestRest) {
        raw(rest.subarray(0, at + needle.length));
        rest = rest.subarray(at + needle.length);
        continue;
      }
      raw(rest.subarray(0, at));
      const text = rest.toString('latin1', at + needle.length, end);
      on({ kind: 'mark', tag: text.slice(0, 1), rest: text.slice(1) });
      rest = rest.subarray(end + 1);
    }
    const keep = beginning(rest, needle);
    raw(rest.subarray(0, rest.length - keep));
    held = Buffer.from(rest.subarray(rest.length - keep));
  };
}

/** How many bytes at the end of `bytes` are the beginning of `needle`. */
function beginning(bytes: Buffer, needle: Buffer): number {
  for (let length = Math.min(bytes.length, needle.length - 1); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(needle.subarray(0, length))) return length;
  }
  return 0;
}
