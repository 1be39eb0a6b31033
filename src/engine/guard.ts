import { randomUUID } from 'node:crypto';
import type { Reply, Step } from '../contract/connection.ts';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import { quote } from '../contract/script/quote.ts';
import type { Session } from './session.ts';

/**
 * A change that the node takes back by itself: `arm` starts its timer, `confirm` stops it. Both take away one and the same
 * file by renaming it, so only one of them can win, however close they come.
 */
export interface Guard {
  readonly kind: 'guarded';
  readonly arm: Step;
  readonly run: Step;
  readonly confirm: Step;
  /** Takes it back at once. */
  readonly cancel: Step;
  readonly within: number;
}

export function guardOf({ run, undo, within }: { readonly run: string; readonly undo: string; readonly within: number }, options: Pick<Step, 'timeout'>, id: string = randomUUID(), base = '/run/plinth'): Guard {
  const folder = quote(`${base}/guard.${id}`);
  const unit = `plinth-guard-${id}`;
  const seconds = String(Math.ceil(within / 1000));
  const step = (script: string): Step => ({ script: `g=${folder}\n${script}`, gate: true, timeout: 60_000 });
  return {
    kind: 'guarded',
    within,
    arm: step(`umask 077
mkdir -p "$g"
printf '%s\\n' ${quote(`set -eu\n${undo}`)} >"$g/undo"
printf '%s\\n' ${quote(restore)} >"$g/restore"
: >"$g/armed"
if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
  systemd-run --quiet --collect --unit=${unit} --on-active=${seconds}s --timer-property=AccuracySec=100ms /bin/sh "$g/restore" "$g"
else
  setsid sh -c 'echo $$ >"$0/pid"; sleep "$1"; exec sh "$0/restore" "$0"' "$g" ${seconds} </dev/null >/dev/null 2>&1 3>&- 6>&- 7>&- &
  until [ -s "$g/pid" ]; do sleep 0.05; done
fi`),
    run: { script: run, gate: true, critical: true, ...(options.timeout === undefined ? {} : { timeout: options.timeout }) },
    confirm: step(`if mv "$g/armed" "$g/confirmed" 2>/dev/null; then
  ${stopTimer(unit)}
  rm -rf "$g"
  exit 0
fi
${awaitUndone}
exit 1`),
    cancel: { ...step(`sh "$g/restore" "$g"
${stopTimer(unit)}
${awaitUndone}`), critical: true },
  };
}

/** Of a timer that has lost already: it would find nothing to take back. */
const stopTimer = (unit: string): string => `if [ -e "$g/pid" ]; then read -r p <"$g/pid"; kill -- -"$p" 2>/dev/null || :; elif command -v systemctl >/dev/null 2>&1; then systemctl stop ${unit}.timer 2>/dev/null || :; fi`;

/** What the node runs when nobody has confirmed; $1 is the guard's folder. */
const restore = `mv "$1/armed" "$1/undoing" 2>/dev/null || exit 0
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
sh "$1/undo" >"$1/said" 2>&1 </dev/null
printf '%s\\n' $? >"$1/code.new"
mv "$1/code.new" "$1/code"`;

/** Tells how the undoing went, and takes the folder away. It was begun before: a node that was restarted has no folder. */
const awaitUndone = `n=0
until [ -e "$g/code" ] || [ ! -d "$g" ] || [ "$n" -ge 400 ]; do sleep 0.1; n=$((n+1)); done
cat "$g/said" >&2 2>/dev/null || :
code=gone
if [ -e "$g/code" ]; then read -r code <"$g/code"; fi
put undone "$code"
rm -rf "$g"`;

/** Opens a new connection, as somebody would who comes after us, and gives the old one up. It waits until the node has taken the change back. */
export async function connectAnew(session: Session, { within }: Guard, what: string): Promise<void> {
  try {
    await session.reconnect(within + (await session.patience()));
  } catch (error) {
    const why = error instanceof PlinthError ? error.message : String(error);
    const told = error instanceof PlinthError ? error.diagnostics[0]?.cause : undefined;
    throw new PlinthError(
      // Not `lost`: it would be tried to go on from here, as if the change had a chance to stay.
      { cause: told === undefined || told === 'lost' ? 'unreachable' : told, host: session.host, summary: `${what}: no new connection to the node could be made, so it was not confirmed`, detail: why, hint: `The node takes the change back by itself, ${within / 1000} s after it was made. Look at its console when it stays away.` },
      { cause: error },
    );
  }
}

/** The change itself failed: what it did so far is taken back at once. A link that breaks meanwhile leaves that to the timer. */
export async function takeBack(session: Session, { cancel }: Guard): Promise<void> {
  await session.send([cancel]).catch(() => undefined);
}

/** Why a change that was made is not there any more. */
export function takenBack(what: string, { within }: Guard, { facts, stderr }: Reply): Diagnostic {
  const code = facts.get('undone');
  const said = stderr.trim();
  if (code === '0') {
    return {
      cause: 'apply',
      summary: `${what}: it kept new connections out, so the node took it back by itself after ${within / 1000} s`,
      ...(said ? { detail: said } : {}),
      hint: 'Nothing is changed. Find out what keeps a new login out: an address or port that is not allowed, a user or way to log in that is not accepted.',
    };
  }
  if (code === 'gone') return { cause: 'apply', summary: `${what}: the node was restarted before it was confirmed`, hint: 'Look at what is there now, then apply again.' };
  return { cause: 'apply', summary: `${what}: it kept new connections out, and taking it back failed (exit ${code ?? 'unknown'})`, ...(said ? { detail: said } : {}), hint: 'Look at the node now: what is there is neither the old state nor the wanted one.' };
}
