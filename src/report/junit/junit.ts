import { type Diagnostic, showDiagnostic } from '../../contract/diagnostic.ts';
import { showLocated } from '../../contract/located.ts';
import type { Reporter, RunEvent } from '../event.ts';
import { createStory, type Story, type TaskResult, tell } from '../story.ts';
import { changeLine } from '../text/change.ts';
import { printable } from '../text/printable.ts';
import { createStyle } from '../text/style.ts';
import { element, type Node } from './xml.ts';

/** JUnit XML, written when the run ends: a suite for each host and play, a case for each task. */
export function junitReporter(write: (text: string) => void): Reporter {
  const story = createStory();
  return {
    on(event: RunEvent) {
      tell(story, event);
      if (event.type === 'runEnd') write(`<?xml version="1.0" encoding="UTF-8"?>\n${document(story).join('\n')}\n`);
    },
  };
}

function document(story: Story): Node {
  const pairs = new Map<string, TaskResult[]>();
  for (const result of story.results) {
    const key = JSON.stringify([result.host, result.play]);
    pairs.set(key, [...(pairs.get(key) ?? []), result]);
  }
  const suites = [...pairs.values()].map((results) => suite(results));
  const alone = story.failures.filter(({ error }) => !story.results.some((result) => result.status === 'failed' && result.host === error.host && result.task === error.task));
  const rest = alone.length === 0 ? [] : [element('testsuite', { name: 'run', tests: alone.length, failures: 0, errors: alone.length, skipped: 0 }, alone.map(({ error }) => element('testcase', { classname: error.host ?? 'run', name: error.task ?? error.summary }, [broken('error', error)])))];
  const failed = story.results.filter((result) => result.status === 'failed').length;
  const total = { tests: story.results.length + alone.length, failures: failed, errors: alone.length, time: seconds(story.end?.ms ?? 0) };
  return element('testsuites', { name: `plinth ${story.start?.mode ?? 'run'}`, ...total }, [...suites, ...rest]);
}

function suite(results: readonly TaskResult[]): Node {
  const [first] = results;
  if (!first) return [];
  const of = (status: string): number => results.filter((result) => result.status === status).length;
  const time = seconds(results.reduce((sum, { ms }) => sum + ms, 0));
  return element('testsuite', { name: `${first.host}: ${first.play}`, hostname: first.host, tests: results.length, failures: of('failed'), errors: 0, skipped: of('skipped') + of('unknown'), time }, results.map(testcase));
}

function testcase(result: TaskResult): Node {
  const told = result.changes.map((change) => changeLine(change, createStyle(false))).join('\n');
  return element('testcase', { classname: `${result.host}.${result.play}`, name: printable(result.task), file: result.at.file, line: result.at.line, time: seconds(result.ms) }, [
    ...(result.status === 'failed' ? [broken('failure', result.error ?? { cause: 'internal', summary: 'failed', at: [result.at] })] : []),
    ...(result.status === 'skipped' || result.status === 'unknown' ? [element('skipped', { message: result.note ?? result.status })] : []),
    ...(told === '' ? [] : [element('system-out', {}, `${result.status} at ${showLocated(result.at)}\n${told}`)]),
  ]);
}

const broken = (kind: 'failure' | 'error', error: Diagnostic): Node => element(kind, { message: printable(error.summary), type: error.cause }, printable(showDiagnostic(error)));
const seconds = (ms: number): string => (ms / 1000).toFixed(3);
