import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** sha256 of a file; empty where it cannot be read. */
export const fileDigest = (path: string): Promise<string> => readFile(path).then(sha256, () => '');
