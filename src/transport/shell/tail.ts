/** How much of a step's output is kept, in bytes. */
export const tailBytes = 64 * 1024;

/** Keeps the last `limit` bytes of what is added. */
export interface Tail {
  add(bytes: Buffer): void;
  /** As UTF-8; characters that the cut went through are left out. */
  text(): string;
}

export function tail(limit: number = tailBytes): Tail {
  let chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  return {
    add(bytes) {
      chunks.push(bytes.length > limit ? bytes.subarray(bytes.length - limit) : bytes);
      size += bytes.length;
      if (size <= 2 * limit) return;
      const all = Buffer.concat(chunks);
      chunks = [Buffer.from(all.subarray(Math.max(0, all.length - limit)))];
      size = limit;
      cut = true;
    },
    text() {
      const all = Buffer.concat(chunks);
      if (!cut && all.length <= limit && size <= limit) return all.toString('utf8');
      return wholeCharacters(all.subarray(Math.max(0, all.length - limit))).toString('utf8');
    },
  };
}

/** Drops the continuation bytes (10xxxxxx) of a character whose first byte was cut off: three at most. */
function wholeCharacters(bytes: Buffer): Buffer {
  let from = 0;
  while (from < 3 && from < bytes.length && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
  return bytes.subarray(from);
}
