/** Put before a line to take it out, so that it can be found again. */
const marker = '#plinth-swap-off: ';

/** `UUID=... none swap sw 0 0`: the third field is what counts. */
export const isSwapLine = (line: string): boolean => /^\s*[^#\s]\S*\s+\S+\s+swap(\s|$)/.test(line);

export const commented = (fstab: string): string => mapLines(fstab, (line) => (isSwapLine(line) ? marker + line : line));

export const restored = (fstab: string): string => mapLines(fstab, (line) => (line.startsWith(marker) ? line.slice(marker.length) : line));

const mapLines = (text: string, to: (line: string) => string): string => text.split('\n').map(to).join('\n');
