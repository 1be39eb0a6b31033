import { setTimeout as sleep } from 'node:timers/promises';
import type { LabNodes } from './lab-nodes.ts';

/**
 * What a run could leave behind on a node, a line each: processes of logins other than the one that looks, a lock, a file
 * that was to be put in place, what a critical step has not finished.
 */
const traces = `
session() { sed -n 's/.*\\(session-[0-9c]*\\.scope\\).*/\\1/p' "/proc/$1/cgroup" | head -n 1; }
mine=$(session $$)
for pid in $(ls /proc | grep '^[0-9]*$'); do
  of=$(session $pid 2>/dev/null) || continue
  [ -n "$of" ] && [ "$of" != "$mine" ] || continue
  read -r stat </proc/$pid/stat 2>/dev/null || continue
  case \${stat##*) } in Z*) continue;; esac
  echo "process $pid: $(tr '\\0' ' ' </proc/$pid/cmdline 2>/dev/null | cut -c1-120)"
done
pgrep -a plinth-slow || :
if [ -e /run/plinth/lock ] && ! flock -n /run/plinth/lock true; then echo "locked: $(cat /run/plinth/holder 2>&1 | tr '\\n' ' ')"; fi
for left in holder lock.d state frame; do [ ! -e /run/plinth/$left ] || echo "/run/plinth/$left is there"; done
find /srv /etc /root /usr/local -xdev -name '.plinth[.-]*' 2>/dev/null || :`;

/** What is left behind, by node; empty when nothing is. */
export async function tracesOn(nodes: LabNodes): Promise<string[]> {
  const found = await nodes.everywhere(traces);
  return found.flatMap((text, i) => (text === '' ? [] : [`${nodes.names[i]}: ${text}`]));
}

/** The same, as soon as nothing is left, or what still is after so many seconds. */
export async function tracesAfter(nodes: LabNodes, seconds: number): Promise<string[]> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const left = await tracesOn(nodes);
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(100);
  }
}
