import { stringify } from 'yaml';

export interface ToldRelease {
  readonly chart: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly note: string;
}

/** A release as a text whose lines can be compared: values in the order of their names. */
export const toldRelease = ({ chart, version, values, note }: ToldRelease): string => `chart: ${chart} ${version.replace(/^v/, '')}\nstatus: ${note}\n${Object.keys(values).length === 0 ? 'values: none\n' : `values:\n${indented(stringify(values, { sortMapEntries: true, lineWidth: 0 }))}`}`;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** Whether two values are the same tree, in whatever order their keys are. Numbers are compared as JSON has them. */
export function isSameTree(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, at) => isSameTree(item, other[at]));
  if (!isTree(one) || !isTree(other)) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSameTree(one[key], other[key]));
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
