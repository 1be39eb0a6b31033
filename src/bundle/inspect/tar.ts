/** One member of an archive. */
export interface TarMember {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** What is in it, where it was asked for. */
  readonly content?: Buffer;
}

/** The archive ends before its end mark, or is none. */
export class BrokenTar extends Error {}

const block = 512;

/**
 * The members of a tar archive (ustar, GNU and pax names), one after another. `wants` says whose content is kept: all others
 * pass by, so that an archive of any size costs no memory.
 * @throws BrokenTar
 */
export async function* tarMembers(bytes: AsyncIterable<Uint8Array>, wants: (member: TarMember) => boolean): AsyncIterable<TarMember> {
  const reader = exactly(bytes);
  let long: { name?: string; size?: number } = {};
  for (;;) {
    const header = await reader.take(block);
    if (!header) throw new BrokenTar('it ends without its end mark: it was cut off');
    if (header.every((byte) => byte === 0)) return;
    const { type, ...plain } = parseHeader(header);
    const member = { ...plain, name: long.name ?? plain.name, size: long.size ?? plain.size };
    const padded = Math.ceil(member.size / block) * block;
    const isMeta = 'Lxg'.includes(type);
    const isWanted = isMeta || (member.kind === 'file' && wants(member));
    const content = isWanted ? await reader.take(padded) : undefined;
    if (!(isWanted ? content !== undefined : await reader.skip(padded))) throw new BrokenTar(`it was cut off within ${member.name}`);
    if (isMeta) {
      long = { ...long, ...(type === 'g' ? {} : metaOf(type, content?.subarray(0, member.size) ?? Buffer.alloc(0))) };
      continue;
    }
    long = {};
    yield { ...member, ...(content ? { content: content.subarray(0, member.size) } : {}) };
  }
}

function parseHeader(header: Buffer): TarMember & { readonly type: string } {
  const text = (from: number, length: number): string => header.toString('utf8', from, from + length).replace(/\0[^]*$/, '');
  const sum = header.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (Number.parseInt(text(148, 8).trim(), 8) !== sum) throw new BrokenTar('it is no tar archive, or damaged');
  const type = text(156, 1) || '0';
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  const name = (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`).replace(/^\.\//, '');
  const kind = type === '0' || type === '7' ? 'file' : type === '5' ? 'directory' : type === '1' || type === '2' ? 'link' : 'other';
  return { name, type, kind, size: kind === 'directory' || kind === 'link' ? 0 : sizeOf(header.subarray(124, 136)), executable: (Number.parseInt(text(100, 8).trim(), 8) & 0o100) !== 0 };
}

/** Octal digits, or big ones in base 256. */
const sizeOf = (field: Buffer): number => ((field[0] ?? 0) & 0x80 ? Number(BigInt(`0x${field.subarray(1).toString('hex')}`)) : Number.parseInt(field.toString('latin1').replace(/[\0 ]+$/, '').trim() || '0', 8));

function metaOf(type: string, content: Buffer): { name?: string; size?: number } {
  if (type === 'L') return { name: content.toString('utf8').replace(/\0[^]*$/, '') };
  const found: { name?: string; size?: number } = {};
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(content.toString('latin1', at, at + 20), 10);
    if (!(length > 0)) break;
    const [, key, value = ''] = /^\d+ ([^=]+)=([^]*)\n$/.exec(content.toString('utf8', at, at + length)) ?? [];
    if (key === 'path') found.name = value.replace(/^\.\//, '');
    if (key === 'size') found.size = Number(value);
    at += length;
  }
  return found;
}

/** Reads as many bytes as are asked for, however they come. */
function exactly(bytes: AsyncIterable<Uint8Array>) {
  const parts = bytes[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const next = await parts.next();
    if (next.done) return false;
    rest = next.value;
    return true;
  };
  return {
    /** Undefined where there are not so many left. */
    async take(count: number): Promise<Buffer | undefined> {
      const taken: Uint8Array[] = [];
      for (let left = count; left > 0; ) {
        if (rest.length === 0 && !(await more())) return undefined;
        taken.push(rest.subarray(0, left));
        const got = Math.min(left, rest.length);
        rest = rest.subarray(got);
        left -= got;
      }
      return Buffer.concat(taken);
    },
    async skip(count: number): Promise<boolean> {
      for (let left = count; left > 0; ) {
        if (rest.length === 0 && !(await more())) return false;
        const got = Math.min(left, rest.length);
        rest = rest.subarray(got);
        left -= got;
      }
      return true;
    },
  };
}
