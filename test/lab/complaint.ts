import type { Ran } from './controller.ts';
import type { LabNodes } from './lab-nodes.ts';

/** What a person reads about a failure: stderr, and stdout from the first failure on. What differs from run to run is named instead. */
export function complaint({ dir, lab }: Pick<LabNodes, 'dir' | 'lab'>, { code, stdout, stderr }: Ran): string {
  const told = stdout.slice(Math.max(0, stdout.search(/^✗/m)));
  const ports = lab.nodes.map(({ name, port }) => [String(port), `PORT-OF-${name.toUpperCase()}`] as const);
  const plain = `exit code ${code}\n${stderr === '' ? '' : `--- stderr\n${stderr}`}${told === '' ? '' : `--- stdout\n${told}`}`
    .replaceAll(`${dir}/`, '')
    // A shell may or may not get to say that its program was ended.
    .replaceAll(/^ {2}│ Terminated\n/gm, '')
    .replaceAll(/SHA256:[\w+/=]+/g, 'SHA256:...')
    .replaceAll(/\d+(\.\d+)? (ms|s|min)$/gm, 'N s')
    .replaceAll(/ in \d+(\.\d+)? (ms|s)\b/g, ' in N s');
  return ports.reduce((text, [port, name]) => text.replaceAll(port, name), plain);
}
