/** Columns as wide as their widest cell; the last is as long as it is. Widths are counted before colours are put on. */
export function table(rows: readonly (readonly string[])[], paint: (text: string, column: number) => string = (text) => text): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(cell.length, all[i] ?? 0)), []);
  return rows.map((row) => `${row.map((cell, i) => paint(i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0), i)).join('  ').trimEnd()}\n`).join('');
}
