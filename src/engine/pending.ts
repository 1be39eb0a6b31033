import type { Step } from '../contract/connection.ts';
import type { Kind, Reading } from '../contract/reading.ts';
import { quote } from '../contract/script/quote.ts';
import { sh } from '../contract/script/script.ts';
import type { HandlerNode, Play } from '../dsl/program.ts';
import { digest } from './digest.ts';

// Notified handlers are noted on the node before the change is made, so that a crash anywhere between the change and
// the handler loses nothing; /run goes with a reboot, and so does what the handler would have restarted.
const folder = 'd=/run/plinth/pending; [ "$(id -u)" -eq 0 ] || d=${XDG_RUNTIME_DIR:-/tmp}/plinth-pending-$(id -u)';

/** Names a handler on a node, the same in every run. */
export const pendingKey = (play: Play, handler: HandlerNode): string => digest([play.name, handler.name, handler.action.name, handler.args]);

export const notePending = (keys: readonly string[]): Step => ({ script: `${folder}; mkdir -p -m 0700 -- "$d"; for k in ${keys.map(quote).join(' ')}; do : >"$d/$k"; done`, gate: true });

export const clearPending = (key: string): Step => ({ script: `${folder}; rm -f -- "$d/"${quote(key)}` });

const kind: Kind<boolean> = {
  name: 'pending handler',
  script: (keys) => sh`${sh.raw(folder)}; i=0; for k in ${keys}; do if [ -e "$d/$k" ]; then put "$i" yes; fi; i=$((i+1)); done`,
  parse: (text) => text === 'yes',
};

/** Whether an earlier run noted this handler and never got to run it. */
export const readPending = (key: string): Reading<boolean> => ({ kind, key });
