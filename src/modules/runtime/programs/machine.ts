import { type Bundle, type Kind, type Reading, type Refusal, refuse, sh } from '../../../contract/index.ts';

const names: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm', i686: '386' };

const kind: Kind<string> = {
  name: 'machine',
  script: () => sh`put 0 "$(uname -m)"`,
  parse: (text = '') => names[text] ?? text,
};

/** The architecture of the node in the words of Go: `amd64`, `arm64`. */
export const machine = (): Reading<string> => ({ kind, key: '' });

/** Programs of one architecture do not run on another. */
export function foreign({ name, architecture }: Bundle, node: string | undefined): Refusal | undefined {
  if (architecture === 'any' || node === undefined || node === architecture) return undefined;
  return refuse(`the bundle ${name} is for ${architecture}`, `this node is ${node}`, { hint: `Give this node, or its group, a bundle for ${node}.`, final: true });
}
