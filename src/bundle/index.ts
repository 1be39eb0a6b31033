export { createBundle, type Created, type CreateOptions } from './create/create.ts';
export { missingImages } from './create/needs.ts';
export { openBundle } from './open.ts';
export { verifyBundle, type Verified } from './verify.ts';
