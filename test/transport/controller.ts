import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Reach, Step } from '../../src/contract/connection.ts';
import type { OpenOptions } from '../../src/transport/index.ts';

/** Bundles the fixture once; inside node_modules, so that it finds ssh2. */
export function buildController(): { start(work: { reach: Reach; steps?: readonly Step[]; options?: Pick<OpenOptions, 'lock' | 'state'>; put?: string }): Running; remove(): void } {
  const dir = mkdtempSync(join(import.meta.dirname, '../../node_modules/.plinth-controller-'));
  const file = join(dir, 'controller.mjs');
  buildSync({ entryPoints: [join(import.meta.dirname, 'fixtures/controller.ts')], outfile: file, bundle: true, platform: 'node', format: 'esm', external: ['ssh2'], logLevel: 'error' });
  return {
    start(work) {
      const child = spawn(process.execPath, [file, JSON.stringify({ steps: [], options: {}, ...work })], { stdio: ['ignore', 'pipe', 'pipe'] });
      return running(child);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export interface Running {
  /** Waits until it has said `text`. */
  said(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

function running(child: ChildProcess): Running {
  let text = '';
  const waiting: { text: string; go: () => void }[] = [];
  const hear = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    for (const one of waiting) if (text.includes(one.text)) one.go();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    said: (wanted) =>
      new Promise((resolve, reject) => {
        if (text.includes(wanted)) return resolve();
        waiting.push({ text: wanted, go: resolve });
        void ended.then(() => setTimeout(() => reject(new Error(`the controller ended without saying "${wanted}": ${text}`)), 200));
      }),
  };
}
