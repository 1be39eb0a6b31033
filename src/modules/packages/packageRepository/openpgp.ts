import { createHash } from 'node:crypto';

const begin = '-----BEGIN PGP PUBLIC KEY BLOCK-----';

/**
 * The fingerprints of the primary keys in an armored OpenPGP text, in capital hex. Version 4 keys only (RFC 4880, 12.2):
 * older and newer ones are not what apt and dnf take today.
 * @returns undefined where the text is no such key.
 */
export function fingerprintsOf(armored: string): readonly string[] | undefined {
  const lines = armored.replaceAll('\r', '').trim().split('\n');
  if (lines[0] !== begin || lines.filter((line) => line === begin).length !== 1 || !lines.at(-1)?.startsWith('-----END')) return undefined;
  const blank = lines.indexOf('');
  const body = lines.slice(blank + 1, -1).filter((line) => !line.startsWith('='));
  const bytes = Buffer.from(body.join(''), 'base64');
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const packet = packetAt(bytes, at);
    if (!packet || packet.end > bytes.length) return undefined;
    if (packet.tag === publicKey) {
      const key = bytes.subarray(packet.start, packet.end);
      if (key[0] !== 4) return undefined;
      found.push(createHash('sha1').update(Buffer.of(0x99, key.length >> 8, key.length & 0xff)).update(key).digest('hex').toUpperCase());
    }
    at = packet.end;
  }
  return found.length > 0 ? found : undefined;
}

const publicKey = 6;

interface Packet {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Both forms of headers (RFC 4880, 4.2); undefined for what is none, and for lengths that keys do not have. */
function packetAt(bytes: Buffer, at: number): Packet | undefined {
  const head = bytes[at] ?? 0;
  const first = bytes[at + 1] ?? 0;
  if (head < 0x80) return undefined;
  const packet = (tag: number, header: number, length: number): Packet => ({ tag, start: at + header, end: at + header + length });
  const number = (from: number, size: number): number => (from + size <= bytes.length ? bytes.readUIntBE(from, size) : Number.MAX_SAFE_INTEGER);
  if (head >= 0xc0) {
    const tag = head & 0x3f;
    if (first < 192) return packet(tag, 2, first);
    if (first < 224) return packet(tag, 3, (first - 192) * 256 + (bytes[at + 2] ?? 0) + 192);
    return first === 255 ? packet(tag, 6, number(at + 2, 4)) : undefined;
  }
  const tag = (head & 0x3c) >> 2;
  const size = [1, 2, 4][head & 3];
  return size === undefined ? undefined : packet(tag, 1 + size, number(at + 1, size));
}
