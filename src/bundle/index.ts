export { createBundle, type Created, type CreateOptions } from './create/create.ts';
export { downloadBundle, type DownloadOptions } from './download/download.ts';
export { companions } from './download/upstream.ts';
export { missingImages } from './create/needs.ts';
export { openBundle } from './open.ts';
export { verifyBundle, type Verified } from './verify.ts';
