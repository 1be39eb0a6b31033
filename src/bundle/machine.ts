import { closeSync, openSync, readSync } from 'node:fs';

// Numbers of machines in the header of ELF, in the words of Go. Source: elf(5), linux/elf-em.h.
const machines: Readonly<Record<number, string>> = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 21: 'ppc64le', 22: 's390x', 243: 'riscv64' };

/** For which architecture a program was built, by its header; `any` of a script, undefined of what is no program. */
export function architectureOf(file: string): string | undefined {
  const header = Buffer.alloc(20);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, header, 0, header.length, 0);
  } finally {
    closeSync(opened);
  }
  if (header.toString('latin1', 0, 2) === '#!') return 'any';
  if (header.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  const number = header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return machines[number] ?? `machine ${number}`;
}

/** The architecture of this machine, in the words of Go. */
export const ownArchitecture = (arch: string = process.arch): string => ({ x64: 'amd64', ia32: '386' })[arch] ?? arch;
