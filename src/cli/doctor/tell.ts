import type { Style } from '../../report/text/style.ts';
import { count } from '../../report/text/count.ts';
import { printable } from '../../report/text/printable.ts';
import type { Finding, Verdict } from './finding.ts';

const signs: Readonly<Record<Verdict, string>> = { ok: '✓', warn: '!', bad: '✗' };

/** A part for the controller and for each host: what was looked at, what was found, and what to do. */
export function tellFindings(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const paint = (verdict: Verdict, text: string): string => (verdict === 'ok' ? style.green(text) : verdict === 'warn' ? style.yellow(text) : style.red(text));
  const parts = [...new Set(findings.map(({ where }) => where))].map((where) => {
    const mine = findings.filter((finding) => finding.where === where);
    return [style.bold(where), ...mine.flatMap((finding) => lines(finding, width, paint, style)), ''];
  });
  const of = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  return `${[...parts.flat(), `${of('bad') > 0 ? style.red(`${of('bad')} bad`) : '0 bad'}, ${of('warn') > 0 ? style.yellow(count(of('warn'), 'warning')) : '0 warnings'}, ${of('ok')} ok`].join('\n')}\n`;
}

function lines({ check, verdict, found, hint }: Finding, width: number, paint: (verdict: Verdict, text: string) => string, style: Style): string[] {
  const [first = '', ...more] = printable(found).split('\n');
  const indent = ' '.repeat(width + 6);
  return [`  ${paint(verdict, signs[verdict])} ${check.padEnd(width)}  ${verdict === 'ok' ? style.dim(first) : first}`, ...more.map((line) => `${indent}${line}`), ...(hint === undefined ? [] : printable(hint).split('\n').map((line, i) => `${indent}${i === 0 ? style.cyan('→') : ' '} ${line}`))];
}
