import { bad, type Judged, ok, warn } from '../finding.ts';

/** Until when the Node.js project mends security holes: github.com/nodejs/Release. */
const maintained: Readonly<Record<number, string>> = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30', 26: '2029-04-30' };

/** @param today as `2026-11-20`. */
export function judgeNode(version: string, today: string): Judged {
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  if (major < 20) return bad('Node.js', version, 'Plinth needs Node.js 20 or newer; 24 is maintained longest.');
  const until = maintained[major];
  if (until !== undefined && until < today) return warn('Node.js', `${version}, without security fixes since ${until}`, 'Plinth runs on it; update Node.js (24) when you can.');
  return ok('Node.js', version);
}
