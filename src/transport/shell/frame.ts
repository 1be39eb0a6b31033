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
    // Steps clean up after themselves by EXIT traps, which a shell that dies of a signal does not run: it has to exit by itself. But
    // not where a program that died of the signal has ended the step already, since dash would give its EXIT trap up. PIPE, because
    // dash says "Terminated" of such a program, and nobody may be there any more to be told.
    `_pT() { trap : PIPE; trap '[ $? = 143 ] || { trap "" HUP INT TERM; exit 143; }' HUP INT TERM; }`,
    `_pX() { printf '${nonce}x%s %s\\n' "$1" "$2"; }`,
    ...rowLines(rows(steps), nonce),
    'exit 0',
  ].join('\n');
}

/** A row that follows a single step is begun in the write that ends the step. */
function rowLines(all: readonly Row[], nonce: string): string[] {
  let begun = false;
  return all.flatMap((row, i) => {
    const [step] = row.steps;
    if (step && !isQuiet(step)) {
      const next = all[i + 1];
      begun = step.critical !== true && next !== undefined && next.steps.every(isQuiet);
      return begun && next ? stepAndNext(step, row.first, next.first, nonce) : stepLines(step, row.first);
    }
    const lines = [...(begun ? [] : [`printf '${nonce}B${row.first}\\n'`]), ...quietLines(row.steps, row.first, nonce)];
    begun = false;
    return lines;
  });
}

function stepAndNext(step: Step, index: number, next: number, nonce: string): string[] {
  const gate = step.gate === true ? [`[ $_pR = 0 ] || { _pE ${index} $_pR; exit 0; }`] : [];
  return [`_pB ${index}; ${body(step)}`, ...gate, `printf '${nonce}x${index} %s\\n${nonce}B${next}\\n' $_pR; printf '${nonce}e${index}\\n' >&2`];
}

function stepLines(step: Step, index: number): string[] {
  const run = `_pB ${index}; ${body(step)}; _pE ${index} $_pR`;
  const gate = step.gate === true ? ['[ $_pR = 0 ] || exit 0'] : [];
  if (step.critical !== true) return [run, ...gate];
  return [': >"$_pC/running"; [ ! -e "$_pC/stop" ] || exit 0', run, 'rm -f "$_pC/running"; [ ! -e "$_pC/stop" ] || exit 0', ...gate];
}

const body = (step: Step): string => `( set -eu; ${step.quiet === true ? '' : '_pT; '}eval ${quote(step.script)} ) </dev/null; _pR=$?`;

/** A row of quiet steps whose beginning was told, so that its time runs: all the rest goes out in one write, and nothing on stderr. */
function quietLines(steps: readonly Step[], first: number, nonce: string): string[] {
  const inside = steps.flatMap((step, k) => [...(k > 0 ? [`printf '${nonce}B${first + k}\\n'`] : []), body(step), `_pX ${first + k} $_pR`]);
  // The dot keeps newlines at the end from being dropped.
  return ['_pO=$(exec 2>&1 3>&1', ...inside, 'printf .)', 'printf %s "${_pO%.}"; _pO='];
}

interface Row {
  readonly first: number;
  readonly steps: readonly Step[];
}

/** Steps that stand alone, and rows of quiet ones. */
function rows(steps: readonly Step[]): Row[] {
  const found: Row[] = [];
  for (const [index, step] of steps.entries()) {
    const last = found.at(-1);
    if (last && isQuiet(step) && last.steps.every(isQuiet)) found[found.length - 1] = { first: last.first, steps: [...last.steps, step] };
    else found.push({ first: index, steps: [step] });
  }
  return found;
}

const isQuiet = ({ quiet, gate, critical }: Step): boolean => quiet === true && gate !== true && critical !== true;
