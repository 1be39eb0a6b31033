import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const steps = fileURLToPath(new URL('../../scripts/test/steps.mjs', import.meta.url));

/** What `npm test` counts for a vitest report and its exit code. */
function countsOf(report: unknown, ok: boolean): unknown {
  const code = `import { countsOf } from ${JSON.stringify(steps)}; console.log(JSON.stringify(countsOf(${JSON.stringify(report) ?? 'undefined'}, ${ok})))`;
  return JSON.parse(spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout);
}

const report = (passed: number, failed: number, files: unknown[] = []): unknown => ({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 0, testResults: files });

it.each([
  ['counts tests', report(3, 0), true, { passed: 3, failed: 0, skipped: 1 }],
  ['counts failed tests once', report(3, 2, [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'failed' }] }]), false, { passed: 3, failed: 2, skipped: 1 }],
  ['counts a file that does not load', report(3, 0, [{ status: 'failed', assertionResults: [] }]), false, { passed: 3, failed: 1, skipped: 1 }],
  ['counts an error outside of all tests', report(3, 0), false, { passed: 3, failed: 1, skipped: 1 }],
  ['counts a suite without tests', report(0, 0), true, { passed: 0, failed: 1, skipped: 1 }],
  ['counts a crash that left no report', undefined, false, { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_, given, ok, counts) => {
  expect(countsOf(given, ok)).toEqual(counts);
});
