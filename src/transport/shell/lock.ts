/** Who wants the node, for whoever comes second. */
export interface LockRequest {
  readonly who: string;
  readonly run: string;
  /** When the run began, as people read it. */
  readonly since: string;
}

/** A holder that gave no sign for this long, in seconds of the node's uptime, is taken for dead (a half-open link). */
export const staleAfter = 90;

/**
 * Defines `_pLock WHO RUN SINCE HOST`, which reports the fact `lock`: `taken`, `held` (with `who`, `run`, `since`, `state`) or `error`
 * (with `why`). flock(1) on a descriptor of the runner itself, so the kernel frees it with the runner; where there is no
 * flock, a directory with the runner's pid and start time; a dead holder's is taken away by one heir at a time (`lock.g`), who
 * may find that its new owner has yet to write down its name. Reports `finished` once for critical steps that went on
 * without their controller. A holder of the same run and host is ourselves before the link broke: it is ended at once.
 */
export const lockText = `
_pBorn() { _pA=; { read -r _pA <"/proc/$1/stat"; } 2>/dev/null || return 1; _pA=\${_pA##*) }; set -- $_pA; shift 19; _pA=$1; }
_pRead() { { read -r _pWho; read -r _pRun; read -r _pSince; read -r _pPid; read -r _pStarted; read -r _pHost; } <"$_pD/holder"; } 2>/dev/null
_pLock() {
  _pMine="$2 $4"
  (umask 077; mkdir -p "$_pD") 2>/dev/null
  if ! { [ -O "$_pD" ] && (: >>"$_pD/lock"); } 2>/dev/null; then put lock error; put why "$_pD cannot be written"; return 0; fi
  if command -v flock >/dev/null 2>&1; then
    exec 8>>"$_pD/lock"
    flock -n 8 || _pTake || { exec 8>&-; _pHeld; return 0; }
    _pL=flock
  else
    mkdir "$_pD/lock.d" 2>/dev/null || _pReclaim || { _pHeld; return 0; }
    _pL=mkdir
  fi
  _pBorn $$
  printf '%s\\n' "$1" "$2" "$3" $$ "$_pA" "$4" >"$_pD/holder"
  h
  rm -f "$_pD/state" "$_pD/frame"
  put lock taken
  for _pX in "$_pD"/critical/*/code; do
    [ -e "$_pX" ] || continue
    read -r _pA <"$_pX"
    put finished "$_pA"
    put finishedTail "$(tail -n 20 "\${_pX%code}stdout" "\${_pX%code}stderr" 2>/dev/null)"
    rm -rf "\${_pX%/code}"
  done
}
_pHeld() {
  put lock held
  _pWho= _pRun= _pSince= _pState=
  _pRead
  { read -r _pState <"$_pD/state"; } 2>/dev/null
  put who "$_pWho"; put run "$_pRun"; put since "$_pSince"; put state "$_pState"
}
_pStale() {
  _pState=; { read -r _pState <"$_pD/state"; } 2>/dev/null
  [ "$_pState" != finishing ] || return 1
  _pRun= _pHost=
  if _pRead && [ "$_pRun $_pHost" = "$_pMine" ]; then return 0; fi
  { read -r _pA <"$_pD/heartbeat"; } 2>/dev/null || return 1
  read -r _pB _pX </proc/uptime
  [ $((\${_pB%%.*}-_pA)) -gt ${staleAfter} ]
}
_pEndHolder() {
  _pRead && _pBorn "$_pPid" && [ "$_pA" = "$_pStarted" ] || return 0
  kill -TERM "$_pPid" 2>/dev/null
  _pI=0
  while [ $_pI -lt 5 ] && kill -0 "$_pPid" 2>/dev/null; do sleep 1; _pI=$((_pI+1)); done
  { read -r _pState <"$_pD/state"; } 2>/dev/null
  [ "$_pState" != finishing ] || return 1
  _pX=; { read -r _pX <"$_pD/frame"; } 2>/dev/null && [ -n "$_pX" ] && kill -KILL -"$_pX" 2>/dev/null
  kill -KILL "$_pPid" 2>/dev/null
  :
}
_pTake() {
  _pStale || return 1
  _pEndHolder || return 1
  _pI=0
  while [ $_pI -lt 5 ]; do flock -n 8 && { [ "$_pRun $_pHost" = "$_pMine" ] || put taken "$_pWho"; return 0; }; sleep 1; _pI=$((_pI+1)); done
  return 1
}
_pReclaim() {
  _pI=0
  until mkdir "$_pD/lock.g" 2>/dev/null; do _pI=$((_pI+1)); [ $_pI -lt 20 ] || rmdir "$_pD/lock.g" 2>/dev/null; sleep 1; done
  _pFree && mkdir "$_pD/lock.d" 2>/dev/null
  _pR=$?
  rmdir "$_pD/lock.g"
  return $_pR
}
_pFree() {
  [ -e "$_pD/holder" ] || sleep 1
  if _pRead && _pBorn "$_pPid" && [ "$_pA" = "$_pStarted" ]; then
    _pStale || return 1
    _pEndHolder || return 1
  fi
  rm -f "$_pD/holder"
  rmdir "$_pD/lock.d" 2>/dev/null
  :
}
`;
