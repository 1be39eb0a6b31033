/** The age library, loaded when the first encrypted file is met: https://github.com/FiloSottile/typage */
export const ageLibrary = (): Promise<typeof import('age-encryption')> => import('age-encryption');
