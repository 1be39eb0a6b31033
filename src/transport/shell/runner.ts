/**
 * The shell text that turns a fresh `/bin/sh` into a runner of frames: sent once, over stdin. POSIX sh only (dash,
 * busybox ash, bash). Everything of ours is named `_p*`. File descriptors: 9 is the channel's stdin, kept because
 * background jobs get /dev/null; 8 the lock; 6 and 7 where a frame's output goes.
 * Why each part is as it is: docs/design/002-wire-format.md.
 */
export interface RunnerOptions {
  readonly nonce: string;
  /** Whether this is root's shell: then HOME is root's. */
  readonly root: boolean;
  /** Where the shell stands, and HOME, for shells that are not root's; undefined: `/`, and HOME as it is. */
  readonly home?: string;
  /** Where lock and critical logs live; undefined: /run/plinth for root, a private directory for others. */
  readonly state?: string;
  /** What runs the steps; undefined: /bin/sh. */
  readonly shell?: string;
  /** PATH; undefined: the usual places, sbin included. */
  readonly path?: string;
}

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin';


export function runnerText(options: RunnerOptions, quoted: (word: string) => string): string {
  const home = options.home === undefined ? (options.root ? 'HOME=~root; cd /' : 'cd /') : `HOME=${quoted(options.home)}; cd "$HOME"`;
  const state = options.state === undefined ? (options.root ? '_pD=/run/plinth' : '_pD=${XDG_RUNTIME_DIR:-/tmp/plinth-$(id -u)}; [ -n "${XDG_RUNTIME_DIR:-}" ] && _pD=$_pD/plinth') : `_pD=${quoted(options.state)}`;
  return `
PATH=${quoted(options.path ?? usualPath)}
LC_ALL=C DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND HOME
unset ENV BASH_ENV CDPATH LANGUAGE
umask 022
${home}
${state}
_pN=${options.nonce} _pC= _pS= _pU= _pP= _pL= _pT= _pH=${quoted(options.shell ?? '/bin/sh')}
command -v setsid >/dev/null 2>&1 && _pS=setsid
exec 9<&0 6>&1 7>&2
trap _pTerm TERM
trap : PIPE HUP INT
trap _pExit EXIT
put() { printf '%sp\\n%s%s=\\n%s%s.\\n' $_pN "$1" $_pN "$2" $_pN; }
_pBegin() { printf '%sB%s\\n' $_pN "$1"; printf '%sb%s\\n' $_pN "$1" >&2; }
_pEnd() { printf '%sx%s %s\\n' $_pN "$1" "$2"; printf '%se%s\\n' $_pN "$1" >&2; }
_pStart() { printf '%sS\\n' $_pN >&6; }
_pDone() { printf '%sE%s\\n' $_pN "$1" >&6; printf '%sE\\n' $_pN >&7; }
h() { [ -z "$_pL" ] || { read -r _pA _pB </proc/uptime; printf '%s\\n' "\${_pA%%.*}" >"$_pD/heartbeat"; }; }
k() { :; }
t() { :; }
_pAlive() {
  if [ -z "$_pS" ]; then kill -0 "$_pP" 2>/dev/null; return; fi
  kill -0 -"$_pP" 2>/dev/null || return 1
  for _pX in /proc/[0-9]*/stat; do
    { read -r _pY <"$_pX"; } 2>/dev/null || continue
    set -- \${_pY##*) }
    [ "$3" != "$_pP" ] || [ "$1" = Z ] || return 0
  done
  return 1
}
_pSignal() { if [ -n "$_pS" ]; then kill -"$1" -"$_pP" "$_pP"; else kill -"$1" "$_pP"; fi 2>/dev/null; }
_pKill() {
  _pSignal TERM
  _pReap
}
_pReap() {
  read -r _pB _pX </proc/uptime
  _pI=$((\${_pB%%.*}+3))
  while _pAlive && read -r _pB _pX </proc/uptime && [ "\${_pB%%.*}" -lt $_pI ]; do sleep 0.1 2>/dev/null || sleep 1; done
  _pSignal KILL
}
_pStop() {
  [ "$1" != lost ] || [ -z "$_pL" ] || ! kill -0 $$ 2>/dev/null || printf 'finishing\\n' >"$_pD/state"
  [ -z "$_pC" ] || {
    : >"$_pC/stop"
    if [ -e "$_pC/running" ]; then
      [ -z "$_pL" ] || printf 'finishing\\n' >"$_pD/state"
      while kill -0 "$_pP" 2>/dev/null; do sleep 1; done
      return 0
    fi
  }
  _pKill
}
_pWatch() {
  trap - EXIT TERM
  while read -r _pW _pA <&9; do
    case $_pW in
      h) h;;
      k) _pStop told;;
      t) [ -z "$_pT" ] || kill "$_pT" 2>/dev/null; _pT=; [ "$_pA" = 0 ] || { _pTick "$_pA" >/dev/null 2>&1 9<&- & _pT=$!; };;
    esac
  done
  _pStop lost
}
_pTick() {
  read -r _pB _pX </proc/uptime
  _pE=$((\${_pB%%.*}+$1))
  while read -r _pB _pX </proc/uptime && [ "\${_pB%%.*}" -lt $_pE ]; do sleep 1; kill -0 "$_pP" || return; done
  _pStop late
}
_pWait() {
  _pP=$!
  [ -z "$_pL" ] || printf '%s\\n' "$_pP" >"$_pD/frame"
  _pWatch 6>&- 7>&- 8>&- &
  _pW=$!
  while :; do
    wait "$_pP"
    _pR=$?
    kill -0 "$_pP" 2>/dev/null || break
  done
  { kill -KILL $_pW; wait $_pW; } 2>/dev/null
  [ $_pR -le 128 ] || { [ $_pR = 143 ] || _pSignal TERM; _pReap; }
  _pP=
  _pDone $_pR
  [ -z "$_pC" ] || _pCriticalEnd $_pR
}
_pCritical() {
  _pC=$_pD/critical/$1
  (umask 077; mkdir -p "$_pC" && mkfifo "$_pC/1" "$_pC/2")
  _pRelay "$_pC/1" "$_pC/stdout" >&6 &
  _pRelay "$_pC/2" "$_pC/stderr" >&7 &
  exec 6<>"$_pC/1" 7<>"$_pC/2"
}
_pRelay() { trap '' PIPE HUP INT TERM; exec tee "$2" <"$1" 2>/dev/null 6>&- 7>&- 8>&- 9<&-; }
_pCriticalEnd() {
  exec 6>&1 7>&2
  if [ -e "$_pC/stop" ]; then printf '%s\\n' "$1" >"$_pC/code"; rm -f "$_pC/1" "$_pC/2" "$_pC/running" "$_pC/stop"; else rm -rf "$_pC"; fi
  _pC=
}
_pTerm() {
  if [ -n "$_pP" ]; then
    [ -z "$_pC" ] || [ ! -e "$_pC/running" ] || { printf 'finishing\\n' >"$_pD/state"; : >"$_pC/stop"; return; }
    kill -KILL "$_pW" 2>/dev/null
    _pKill
  fi
  exit 143
}
_pExit() {
  trap - EXIT
  [ -z "$_pU" ] || rm -f -- "$_pU"
  [ -z "$_pL" ] || { rm -f "$_pD/holder" "$_pD/heartbeat" "$_pD/state" "$_pD/frame"; [ $_pL != mkdir ] || rmdir "$_pD/lock.d"; [ ! -d "$_pD/critical" ] || rmdir "$_pD/critical"; } 2>/dev/null
}
`;
}
