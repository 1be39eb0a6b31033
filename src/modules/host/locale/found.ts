import { type Kind, type Reading, sh } from '../../../contract/index.ts';

const kind: Kind<readonly string[]> = {
  name: 'locales',
  script: () => sh`put 0 "$(locale -a 2>/dev/null || :)"`,
  parse: (text = '') => text.split('\n').filter(Boolean),
};

/** The locales that were generated or installed, as `locale -a` spells them. */
export const locales = (): Reading<readonly string[]> => ({ kind, key: '' });

/** `en_US.UTF-8` and `en_US.utf8` are one: codesets are compared without case and dashes, as glibc does. */
export const normal = (name: string): string => name.replace(/\.([^@]+)/, (_, codeset: string) => `.${codeset.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);
