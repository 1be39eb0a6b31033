/** The header of a file in a tar archive (ustar): always of the same time and owner, so that the same content is the same archive. */
export function tarHeader(name: string, size: number, mode = 0o644): Buffer {
  const header = Buffer.alloc(512);
  const put = (text: string, at: number): void => void header.write(text, at, 'latin1');
  const octal = (value: number, length: number): string => value.toString(8).padStart(length - 1, '0');
  put(name, 0);
  put(octal(mode, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(0, 12), 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\x0000', 257);
  put(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** What fills a file up to whole blocks. */
export const padding = (size: number): Buffer => Buffer.alloc((512 - (size % 512)) % 512);

/** Two empty blocks. */
export const endMark: Buffer = Buffer.alloc(1024);
