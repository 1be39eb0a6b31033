import { relative, resolve } from 'node:path';
import { missingImages } from '../../bundle/index.ts';
import { readRecord } from '../../bundle/read-record.ts';
import type { Context } from '../context.ts';
import type { BundleInput, Told } from './bundle.ts';
import { folderOf } from './folder.ts';
import { bundlePage } from './page.ts';

/** What bundle.yaml says; files are not looked at. */
export async function show(input: BundleInput, context: Context, { json }: Told): Promise<number> {
  const dir = resolve(context.cwd, folderOf(input));
  const name = relative(context.cwd, dir) || '.';
  const { record } = readRecord(dir, name);
  const missing = missingImages(record.needs, Object.values(record.files).flatMap(({ images }) => Object.keys(images ?? {})));
  context.out(json ? `${JSON.stringify({ bundle: name, ...record, missing }, undefined, 2)}\n` : bundlePage(name, record, missing, context));
  return 0;
}
