/** The description of tokens that Plinth mints: by it they are found again, and taken back. */
export const description = 'plinth join';
