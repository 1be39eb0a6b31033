import type { Options } from '../arguments/command.ts';
import { connectOptions, fleetOptions } from '../fleet/options.ts';

export const outputs = ['tty', 'plain', 'jsonl', 'junit'] as const;

export const reportOptions = {
  output: { kind: 'text', value: 'FORM', summary: 'tty (live rows), plain (lines), jsonl or junit (for machines). Default: by the terminal.', complete: outputs },
  diff: { kind: 'flag', short: 'D', summary: 'Shows unified diffs of texts.' },
  verbose: { kind: 'flag', short: 'v', summary: 'Tells unchanged tasks, round trips, commands and their output as well.' },
  'no-summary': { kind: 'flag', summary: 'Writes no job summary, though GITHUB_STEP_SUMMARY names a file for one.' },
  otlp: { kind: 'text', value: 'URL', summary: 'Sends the run as a trace to an OpenTelemetry collector, by OTLP over HTTP. Default: OTEL_EXPORTER_OTLP_ENDPOINT.' },
} as const satisfies Options;

/** What plan and apply have in common. */
export const runOptions = {
  ...fleetOptions,
  tags: { kind: 'list', short: 't', value: 'TAGS', summary: 'Only tasks with one of these tags, with commas between.', complete: 'tag' },
  'skip-tags': { kind: 'list', value: 'TAGS', summary: 'No task with one of these tags.', complete: 'tag' },
  ...reportOptions,
  ...connectOptions,
} as const satisfies Options;
