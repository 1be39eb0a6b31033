import type { Diagnostic } from '../../contract/index.ts';
import type { Tree } from '../source/tree.ts';
import { parseYaml } from '../source/yaml.ts';
import { pyyamlScalar } from './pyyaml.ts';
import { isSops, isTemplate, sops, template, vault } from './unsupported.ts';

/**
 * YAML as Ansible reads it: 1.1, `!vault` and `!unsafe`, Jinja in text. What only Ansible can work out is marked, not refused.
 * @throws PlinthError where it is not YAML.
 */
export const parseAnsibleYaml = (text: string, file: string): { readonly tree: Tree; readonly warnings: readonly Diagnostic[] } => parseYaml(text, file, noSecrets, { scalar });

function scalar(text: string, plain: boolean, tag: string | undefined): unknown {
  if (tag === '!vault' || tag === '!vault-encrypted') return vault;
  if (tag === '!unsafe' || tag === 'tag:yaml.org,2002:str') return text;
  if (isSops(text)) return sops;
  if (isTemplate(text)) return template;
  return plain || (tag !== undefined && tag !== '!') ? pyyamlScalar(text) : text;
}

/** In this dialect `!secret` is a tag like any other, so nothing asks for one. */
const noSecrets = (): never => {
  throw new TypeError('secrets are not read from files of Ansible');
};
