import { PlinthError } from '../../contract/diagnostic.ts';
import type { BundleInput } from './bundle.ts';

/** The folder that an action is about. @throws PlinthError, cause `usage`, where none is named. */
export function folderOf(input: BundleInput): string {
  const [action, folder] = input.args;
  if (folder !== undefined) return folder;
  throw new PlinthError({ cause: 'usage', summary: `plinth bundle ${action ?? ''} wants the folder of a bundle`, hint: `plinth bundle ${action ?? ''} ./bundle` });
}

/** `96 MB`, `1.2 kB`. */
export function sizeText(bytes: number): string {
  const [unit, of] = bytes >= 1e6 ? (['MB', 1e6] as const) : bytes >= 1e3 ? (['kB', 1e3] as const) : (['B', 1] as const);
  const value = bytes / of;
  return `${value.toFixed(of === 1 || value >= 10 ? 0 : 1)} ${unit}`;
}
