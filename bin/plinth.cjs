#!/usr/bin/env node
'use strict';
// Starts dist/cli.cjs with V8's compilation of it, which saves half of the start-up time; without one it only starts later.

const { version } = require('../package.json');
const first = process.argv[2];

if (first === '--version' || first === '-V') {
  process.stdout.write(`${version}\n`);
} else {
  start();
}

function start() {
  const { fstatSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
  const { dirname, join, resolve } = require('node:path');
  const { Script } = require('node:vm');

  const file = resolve(__dirname, '../dist/cli.cjs');
  const { source, stamp } = readBundle();
  // Help needs little of the bundle, everything else most of it: two caches, each no larger than it must be.
  const isHelp = first === undefined || first === 'help' || first === 'completion' || process.argv.includes('--help') || process.argv.includes('-h');
  const kind = isHelp ? 'help' : 'run';
  const name = `cli-${kind}-${process.version}-${process.arch}.v8`;
  const shipped = join(dirname(file), name);
  const own = join(cacheDir(), 'cli', `${version}-${stamp}-${name}`);
  const cachedData = readCache(shipped) ?? readCache(own);

  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  });
  const module_ = { exports: {} };
  script.runInThisContext()(module_.exports, require, module_, file, dirname(file));
  module_.exports.start(version).then(end, (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    end(1);
  });

  function end(code) {
    process.exitCode = code;
    if (!cachedData || script.cachedDataRejected) keep(script.createCachedData());
    // What was written must be out before the process ends; what else still lingers must not hold it up.
    process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
  }

  function readBundle() {
    let open;
    try {
      open = openSync(file, 'r');
      const { size, mtimeMs } = fstatSync(open);
      // esbuild writes ASCII; as latin1 it needs no decoding.
      return { source: readFileSync(open, 'latin1'), stamp: `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}` };
    } catch (error) {
      process.stderr.write(`plinth is not built: ${error.message}\nIn a checkout, run: npm run build\n`);
      process.exit(1);
    } finally {
      if (open !== undefined) closeSync(open);
    }
  }

  /** Code is run from it: only the user's own files, or those shipped beside this one, are believed. */
  function readCache(path) {
    let open;
    try {
      open = openSync(path, 'r');
      if (path !== shipped && process.getuid && fstatSync(open).uid !== process.getuid()) return undefined;
      return readFileSync(open);
    } catch {
      return undefined;
    } finally {
      if (open !== undefined) closeSync(open);
    }
  }

  function keep(data) {
    const path = process.env.PLINTH_BUILD === 'cache' ? shipped : own;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.${process.pid}`, data, { mode: path === shipped ? 0o644 : 0o600 });
      renameSync(`${path}.${process.pid}`, path);
      if (path === shipped) return;
      for (const other of readdirSync(dirname(path))) if (other.endsWith(`-${name}`) && join(dirname(path), other) !== path) rmSync(join(dirname(path), other));
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }

  function cacheDir() {
    const { XDG_CACHE_HOME: cache, HOME: home } = process.env;
    if (cache?.startsWith('/')) return join(cache, 'plinth');
    return home?.startsWith('/') && home !== '/' ? join(home, '.cache', 'plinth') : resolve('.plinth', 'cache');
  }
}
