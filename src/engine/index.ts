export type { Answer, ConnectOptions, Masker, RunMeta, RunOptions } from './options.ts';
export { run } from './run.ts';
