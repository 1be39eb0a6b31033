import { bad, type Judged, ok, warn } from '../finding.ts';

export interface KnownHostsFile {
  readonly path: string;
  /** undefined where there is none. */
  readonly text: string | undefined;
  readonly mode: number | undefined;
}

/** @param isNeeded some host is trusted by it: not all have their keys pinned, or a file of their own. */
export function judgeKnownHosts({ path, text, mode }: KnownHostsFile, isNeeded: boolean): Judged {
  const what = 'known_hosts';
  if (text === undefined && !isNeeded) return ok(what, `${path} is not there, and no host of the inventory needs it`);
  if (text === undefined) return warn(what, `${path} is not there`, 'The first connection to each host then needs --accept-new, or a key pinned in the inventory (hostKeys).');
  if (mode !== undefined && mode & 0o022) return bad(what, `${path} is open for writing to others, mode ${mode.toString(8).padStart(4, '0')}`, `Whoever can write to it decides which hosts you trust: chmod 600 ${path}`);
  const lines = text.split('\n').map((line, i) => ({ line: line.trim(), at: i + 1 })).filter(({ line }) => line !== '' && !line.startsWith('#'));
  const strange = lines.filter(({ line }) => !/^(@(revoked|cert-authority)\s+)?\S+\s+[\w@.-]+\s+AAAA[A-Za-z0-9+/]+=*(\s|$)/.test(line));
  if (strange.length > 0) return warn(what, `${path}:${strange.map(({ at }) => at).join(',')} cannot be understood`, 'Those lines trust nobody: mend or remove them.');
  return ok(what, `${path}, ${lines.length} ${lines.length === 1 ? 'entry' : 'entries'}`);
}
