import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** No step may hang a CI job: in ms. */
const longest = 40 * 60_000;

/** Runs a program that is one check: it counts as one passed or one failed test. */
export async function runCheck(name, [command, ...args]) {
  const { ok, output, seconds } = await runStep(command, args);
  tell(ok, name, seconds, '', output);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** Runs a vitest project and counts its tests. A file that does not load, a crash and an empty suite are failures too. */
export async function runSuite(name) {
  const dir = mkdtempSync(join(tmpdir(), 'plinth-test-'));
  const report = join(dir, 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, output, seconds } = await runStep(process.execPath, args);
  const counts = countsOf(readReport(report), ok);
  rmSync(dir, { recursive: true, force: true });
  tell(counts.failed === 0, name, seconds, `${counts.passed} passed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`, failuresIn(output));
  return counts;
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What a vitest report says, and one failure more wherever it would say too little. */
export function countsOf(report, ok) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const notLoaded = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + notLoaded;
  const silent = failed === 0 && (!ok || passed === 0);
  return { passed, failed: failed + (silent ? 1 : 0), skipped: report.numPendingTests + report.numTodoTests };
}

/** What vitest says of failures, without the list of what passed; all of it where it says nothing of the kind. */
function failuresIn(output) {
  const at = output.search(/^⎯+ (Failed|Unhandled)/m);
  return at < 0 ? output : output.slice(at);
}

function tell(ok, name, seconds, counts, output) {
  console.log([ok ? 'ok    ' : 'FAILED', name.padEnd(10), `${seconds.toFixed(1)} s`.padStart(8), counts].join(' ').trimEnd());
  if (!ok) console.log(output.trimEnd().replace(/^/gm, '    '));
}

/** In a process group of its own, so that nothing of a step that hangs is left behind. */
function runStep(command, args) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    const end = (signal) => {
      try {
        if (child.pid) process.kill(-child.pid, signal);
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => {
      output += `\nended after ${longest / 60_000} minutes`;
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5_000).unref();
    }, longest);
    const interrupted = () => {
      end('SIGTERM');
      process.exitCode = 130;
    };
    process.once('SIGINT', interrupted);
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      resolve({ ok: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });
}
