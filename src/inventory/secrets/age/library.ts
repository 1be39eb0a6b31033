import type * as age from 'age-encryption';

/** The age library, loaded when the first encrypted file is met: https://github.com/FiloSottile/typage */
export const ageLibrary = (): Promise<typeof age> => import('age-encryption');
