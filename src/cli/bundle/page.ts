import type { BundleRecord, FileRecord } from '../../bundle/record.ts';
import { count } from '../../report/text/count.ts';
import type { Context } from '../context.ts';
import { table } from '../print/table.ts';
import { sizeText } from './folder.ts';

/** A bundle for people: what it is made of, then its files by folder. */
export function bundlePage(name: string, { architecture, versions, files }: BundleRecord, missing: readonly string[], { style }: Pick<Context, 'style'>): string {
  const all = Object.entries(files);
  const size = all.reduce((sum, [, record]) => sum + (record.size ?? 0), 0);
  const head = `${style.bold(name)}  ${count(all.length, 'file')}, ${sizeText(size)}, for ${architecture === 'any' ? 'any architecture' : architecture}\n`;
  const made = table(Object.entries(versions).map(([of, version]) => ['  ', of, version]));
  const rows = all.map(([path, record]) => ['  ', path, sizeText(record.size ?? 0), said(record)]);
  const lacking = missing.length === 0 ? '' : `\n${style.yellow('missing images:')} kubeadm needs them, and a node without internet cannot have them\n${missing.map((image) => `  ${image}\n`).join('')}`;
  return `${head}${made}\n${table(rows)}${lacking}`;
}

const said = ({ version, images, chart, package: packed }: FileRecord): string => version ?? (images ? Object.keys(images).join(' ') : chart ? `${chart.name} ${chart.version}` : packed ? `${packed.name} ${packed.version}` : '');
