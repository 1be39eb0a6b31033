import type { Tree } from '../source/tree.ts';

const mark: unique symbol = Symbol('plinth.ansible.unsupported');

/** A value that only Ansible can work out. It stands in the tree, so that its place and its name are told where it matters. */
export interface Unsupported {
  readonly [mark]: 'template' | 'vault' | 'sops';
}

export const template: Unsupported = { [mark]: 'template' };
export const vault: Unsupported = { [mark]: 'vault' };
export const sops: Unsupported = { [mark]: 'sops' };

export const isUnsupported = (value: unknown): value is Unsupported => value === template || value === vault || value === sops;

/** What Ansible would take for Jinja. */
export const isTemplate = (text: string): boolean => /\{\{|\{%|\{#/.test(text);

/** What SOPS makes of a value. */
export const isSops = (text: string): boolean => text.startsWith('ENC[AES256_GCM,data:');

/** The first value within a tree that cannot be read here, the tree itself included. */
export function unsupportedIn(tree: Tree): Tree | undefined {
  if (tree.kind === 'leaf') return isUnsupported(tree.value) ? tree : undefined;
  const inside = tree.kind === 'list' ? tree.items : [...tree.entries.values()].map(({ value }) => value);
  for (const one of inside) {
    const found = unsupportedIn(one);
    if (found) return found;
  }
  return undefined;
}

/** In words, with the way out. */
export function sayUnsupported(tree: Tree): { readonly what: string; readonly hint: string } {
  const value = tree.kind === 'leaf' ? tree.value : undefined;
  if (value === vault) return { what: "is encrypted by Ansible's vault, which cannot be opened here", hint: 'give it in a Plinth file beside, as a secret: -i INVENTORY -i more.yaml with `!secret age:NAME`, env:NAME or command:PROGRAM' };
  if (value === sops) return { what: 'is encrypted with SOPS, and files of Ansible are not opened', hint: `name it in a Plinth file beside: -i INVENTORY -i more.yaml with \`!secret "sops:FILE#${tree.at.path}"\`, where FILE is ${tree.at.file} as seen from there` };
  return { what: 'is a Jinja template, and templates are not evaluated here', hint: 'write the value itself, or give it in a Plinth file beside: -i INVENTORY -i more.yaml' };
}
