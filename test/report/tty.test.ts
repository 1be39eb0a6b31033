import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));

/** Tells the recorded run slowly enough to be watched, on a terminal that script(1) makes. */
const driver = `
import { ttyReporter } from ${source('../../src/report/tty/tty.ts')};
import { createStyle } from ${source('../../src/report/text/style.ts')};
import { failedRun } from ${source('recorded.ts')};
const reporter = ttyReporter({ write: (text) => process.stdout.write(text), style: createStyle(true) });
const tell = async () => {
  for (const event of failedRun) {
    reporter.on(event);
    if (event.type === 'playStart' || event.type === 'taskOutput') await new Promise((resolve) => setTimeout(resolve, 600));
  }
  await reporter.end();
};
tell();
`;

describe('live rows', () => {
  it('show each host, its step and the last line it printed, and leave the terminal as it was', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'plinth-tty-'));
    try {
      writeFileSync(join(dir, 'driver.ts'), driver);
      await build({ entryPoints: [join(dir, 'driver.ts')], outfile: join(dir, 'driver.mjs'), bundle: true, platform: 'node', format: 'esm', logLevel: 'silent', nodePaths: [fileURLToPath(new URL('../../node_modules', import.meta.url))] });
      const screen = execFileSync('script', ['-qec', `stty cols 80 rows 24; ${process.execPath} ${join(dir, 'driver.mjs')}`, '/dev/null'], { input: '', env: { ...process.env, CI: '', TERM: 'xterm' }, encoding: 'utf8' });
      expect(screen).toContain('Unable to locate package curlx');
      // oxlint-disable-next-line no-control-regex
      const plain = screen.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
      expect(plain).toMatch(/node2 {2}2\/4 {2}install packages/);
      expect(plain).toMatch(/✖ node2 .*failed at install packages/);
      expect(plain).toMatch(/✖ node3 .*unreachable/);
      expect(plain).toMatch(/✔ node1 .*done/);
      expect(plain.match(/^failed: 2 changed/gm)).toHaveLength(1);
      expect(screen.lastIndexOf('\u001B[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001B[?25l'));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
