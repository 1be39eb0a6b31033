import type { Step } from '../../contract/connection.ts';
import { quote } from '../../contract/script/quote.ts';

/**
 * The text of one frame: a single compound command, so a frame that was cut short is a syntax error and nothing of it
 * runs. The steps run in a shell in a session of its own that reads them from a here-document: no argv, no length limit,
 * and the channel's stdin stays ours.
 * @param id names the directory of a frame with critical steps.
 */
export function frameText(nonce: string, steps: readonly Step[], id: string): string {
  const critical = steps.some((step) => step.critical === true);
  const end = `H${nonce}`;
  return [
    `{ ${critical ? `_pCritical ${id}; ` : ''}_pStart`,
    `$_pS $_pH -s ${critical ? '"$_pC" ' : ''}>&6 2>&7 6>&- 7>&- 8>&- 9<&- <<'${end}' &`,
    workerText(nonce, steps, critical),
    end,
    '_pWait; }',
    '',
  ].join('\n');
}

/** A frame of one step that runs in the runner itself, for what only the runner can do. */
export const runnerFrame = (command: string): string => `{ _pStart; _pBegin 0; ${command}\n_pEnd 0 $?; _pDone 0; }\n`;

function workerText(nonce: string, steps: readonly Step[], critical: boolean): string {
  return [
    ...(critical ? ['_pC=$1; shift'] : []),
    'exec 3>&1',
    `put() { printf '%sp\\n%s%s=\\n%s%s.\\n' ${nonce} "$1" ${nonce} "$2" ${nonce} >&3; }`,
    `_pB() { printf '${nonce}B%s\\n' "$1"; printf '${nonce}b%s\\n' "$1" >&2; }`,
    `_pE() { printf '${nonce}x%s %s\\n' "$1" "$2"; printf '${nonce}e%s\\n' "$1" >&2; }`,
    // The end of one and the beginning of the next in one write: each write is a packet that both sides have to decrypt.
    `_pN() { printf '${nonce}x%s %s\\n${nonce}B%s\\n' "$1" "$2" "$3"; printf '${nonce}e%s\\n${nonce}b%s\\n' "$1" "$3" >&2; }`,
    ...steps.flatMap((step, index) => stepLines(step, index, steps)),
    'exit 0',
  ].join('\n');
}

function stepLines(step: Step, index: number, steps: readonly Step[]): string[] {
  const begin = index > 0 && isPlain(steps[index - 1]) && isPlain(step) ? [] : [`_pB ${index}`];
  const body = `( set -eu; eval ${quote(step.script)} ) </dev/null; _pR=$?`;
  if (isPlain(step) && isPlain(steps[index + 1])) return [...begin, body, `_pN ${index} $_pR ${index + 1}`];
  const run = [...begin, body, `_pE ${index} $_pR`];
  const gate = step.gate === true ? ['[ $_pR = 0 ] || exit 0'] : [];
  if (step.critical !== true) return [...run, ...gate];
  return [': >"$_pC/running"; [ ! -e "$_pC/stop" ] || exit 0', ...run, 'rm -f "$_pC/running"; [ ! -e "$_pC/stop" ] || exit 0', ...gate];
}

/** Nothing is asked between it and its neighbours. */
const isPlain = (step: Step | undefined): boolean => step !== undefined && step.gate !== true && step.critical !== true;
