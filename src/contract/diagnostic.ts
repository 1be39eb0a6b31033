import { type Located, showLocated } from './located.ts';

/** The cause of a failure, for machines. People read `summary`, `detail` and `hint`. */
export type Cause =
  | 'usage' // the command line
  | 'inventory' // inventory or variables
  | 'playbook' // the playbook does not load or compile
  | 'args' // arguments of a task
  | 'bundle' // a folder for offline installation, or a file in it
  | 'template' // a template or its variables
  | 'secret' // a secret cannot be had
  | 'unreachable' // no connection: refused, timed out, no route, name unknown
  | 'auth' // the host would not let us in
  | 'host-key' // unknown, changed or revoked host key
  | 'become' // sudo refused
  | 'locked' // another operator holds the node
  | 'lost' // the link broke while something ran
  | 'timeout' // a step took longer than it may
  | 'reading' // a reading could not be taken
  | 'refused' // the module saw the node and refuses, with the reason
  | 'apply' // a change failed
  | 'not-converged' // applied without error, yet the node still differs
  | 'late' // a late value never came
  | 'drift' // a saved plan no longer fits
  | 'aborted' // the operator or anyErrorsFatal stopped it
  | 'lab'
  | 'internal';

/** What went wrong, where, why and what to do next. */
export interface Diagnostic {
  readonly cause: Cause;
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Evidence, possibly several lines: the last remote lines, the value found. */
  readonly detail?: string;
  /** What to do next. */
  readonly hint?: string;
  readonly at?: readonly Located[];
  readonly host?: string;
  readonly play?: string;
  readonly task?: string;
}

/** The one error Plinth throws on purpose. Anything else is a bug in Plinth. */
export class PlinthError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: Diagnostic | readonly Diagnostic[], options?: ErrorOptions) {
    const list = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic];
    super(list.map(showDiagnostic).join('\n'), options);
    this.name = 'PlinthError';
    this.diagnostics = list;
  }
}

/** Several lines of plain text: `where: summary`, then detail and hint, indented. */
export function showDiagnostic(d: Diagnostic): string {
  const where = [...(d.at ?? []).map(showLocated), ...(d.host ? [d.host] : []), ...(d.task ? [`"${d.task}"`] : [])];
  const lines = [`${where.length > 0 ? `${where.join(' ')}: ` : ''}${d.summary}`];
  if (d.detail) lines.push(...d.detail.trimEnd().split('\n').map((line) => `  ${line}`));
  if (d.hint) lines.push(...d.hint.split('\n').map((line, i) => (i === 0 ? `  → ${line}` : `    ${line}`)));
  return lines.join('\n');
}
